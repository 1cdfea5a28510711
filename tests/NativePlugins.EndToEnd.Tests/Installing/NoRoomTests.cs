namespace NativePlugins.EndToEnd.Tests;

/// <summary>Changes of a directory of plugins on a file system that has little room, then a page more, and so on until it is enough; or that is mounted read-only.</summary>
[Trait("Category", "Published")]
public sealed class NoRoomTests : IDisposable
{
    private const string Id = VersionedPlugin.Id;

    // For each number of free pages of 4096 bytes a copy of the directory, one change, and one run of the plugin.
    private const string Full = """
        mount -t tmpfs -o size=1m,mode=755 none /mnt || exit 99
        host=$1 plugins=$2; shift 2
        free=0; status=1
        while [ $status -ne 0 ] && [ $free -lt 100 ]; do
            rm -rf /mnt/*
            cp -a "$plugins" /mnt/plugins
            dd if=/dev/zero of=/mnt/fill bs=4096 2> /dev/null
            truncate -s $(($(stat -c %s /mnt/fill) - free * 4096)) /mnt/fill
            echo "round"
            "$host" "$@" --plugin-dir /mnt/plugins 2>&1
            status=$?
            echo "status $status"
            "$host" --plugin-dir /mnt/plugins versioned 2>&1
            "$host" verify --plugin-dir /mnt/plugins > /dev/null 2>&1 || echo "not as the lock file says"
            free=$((free + 1))
        done
        """;

    private const string ReadOnly = """
        mount -t tmpfs -o size=1m,mode=755 none /mnt || exit 99
        host=$1 plugins=$2; shift 2
        cp -a "$plugins" /mnt/plugins
        mount -o remount,ro /mnt || exit 99
        echo "round"
        "$host" "$@" --plugin-dir /mnt/plugins 2>&1
        echo "status $?"
        "$host" --plugin-dir /mnt/plugins versioned 2>&1
        """;

    private readonly Scratch _scratch = new();

    public NoRoomTests()
    {
        foreach (string version in (string[])["1.0.0", "2.0.0", "3.0.0"])
        {
            VersionedPlugin.Pack(_scratch, Feed, version);
            HostProcess.Run("install", $"{Id}@{(version == "3.0.0" ? "2.0.0" : version)}", "--source", Feed, "--plugin-dir", Plugins).Exits(0);
        }
    }

    private string Feed => _scratch.PathOf("feed");

    private string Plugins => _scratch.PathOf("plugins");

    public void Dispose() => _scratch.Dispose();

    [PrivateMountTheory]
    [InlineData("3.0.0", "install", $"{Id}@3.0.0", "--source")]
    [InlineData("3.0.0", "update", Id, "--source")]
    [InlineData("1.0.0", "install", "--rollback", Id)]
    [InlineData(null, "remove", Id)]
    public void A_change_without_room_says_so_and_leaves_the_version_that_was_there(string? after, params string[] change)
    {
        string[][] rounds = Rounds(Full, change);

        Assert.True(rounds.Length > 1, "there was always room");
        Assert.All(rounds[..^1], round => AssertRefused(round, "no room left"));
        Assert.Contains("status 0", rounds[^1]);
        Assert.DoesNotContain("not as the lock file says", rounds[^1]);
        Assert.Equal(after ?? "  more:     host explain NP1001", rounds[^1][^1]);
    }

    [PrivateMountTheory]
    [InlineData("install", $"{Id}@3.0.0", "--source")]
    [InlineData("update", Id, "--source")]
    [InlineData("install", "--rollback", Id)]
    [InlineData("remove", Id)]
    public void A_change_of_what_is_mounted_read_only_says_so(params string[] change) =>
        AssertRefused(Assert.Single(Rounds(ReadOnly, change)), "the file system is mounted read-only");

    private static void AssertRefused(string[] round, string found)
    {
        Assert.Contains("NP7203", round[0], StringComparison.Ordinal);
        Assert.Contains($"  found:    {found}", round);
        Assert.Contains("status 74", round);
        Assert.Equal("2.0.0", round[^1]);
    }

    /// <summary>The lines of each round.</summary>
    private string[][] Rounds(string script, string[] change)
    {
        string[] arguments = change[^1] == "--source" ? [.. change, Feed] : change;
        string output = HostProcess.RunProgram(
            "unshare", new HostEnvironment(), [.. PrivateMountFactAttribute.Unshare, "sh", "-c", script, "sh", Repository.Host, Plugins, .. arguments]).Exits(0).Output;
        return [.. output.Split("round\n", StringSplitOptions.RemoveEmptyEntries).Select(round => round.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
    }
}
