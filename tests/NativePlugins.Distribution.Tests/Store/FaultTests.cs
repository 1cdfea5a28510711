namespace NativePlugins.Distribution.Tests.Store;

/// <summary>
/// Each kind of change, broken off at each of its steps: by the end of the process, by a full disk, by a file system that has become
/// read-only. A reader finds a whole version, and the next change leaves nothing behind.
/// </summary>
public class FaultTests
{
    private const int NoSpace = 28, ReadOnly = 30;

    // What was there before, what is done, what is there after.
    private static readonly Dictionary<string, (string?[] Before, Func<TestStore, FaultyFiles?, Task> Change, string? After)> s_changes = new(StringComparer.Ordinal)
    {
        ["install"] = ([], static (store, files) => store.Install("1.0.0", files), "1.0.0"),
        ["update"] = (["1.0.0"], static (store, files) => store.Install("2.0.0", files), "2.0.0"),
        ["go back"] = (["1.0.0", "2.0.0"], static (store, files) => store.Open(files).RollBackAsync(TestPackage.DefaultId, CancellationToken.None), "1.0.0"),
        ["install what was there before"] = (["1.0.0", "2.0.0"], static (store, files) => store.Install("1.0.0", files), "1.0.0"),
        ["restore what was changed"] = (["1.0.0"], static (store, files) => store.Open(files).RestoreAsync([store.Source], CancellationToken.None), "1.0.0"),
        ["install what was changed"] = (["1.0.0"], static (store, files) => store.Install("1.0.0", files), "1.0.0"),
        ["remove"] = (["1.0.0", "2.0.0"], static (store, files) => store.Open(files).RemoveAsync(TestPackage.DefaultId, CancellationToken.None), null),
    };

    // They begin with a file that does not belong there, and put a version in the place of the same one, by two renames.
    private static readonly string[] s_mends = ["restore what was changed", "install what was changed"];

    public static TheoryData<string> Changes => [.. s_changes.Keys];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_process_that_dies_leaves_a_whole_version_and_the_next_change_clears_up(string change)
    {
        int steps = await ForEachStep(change, isLasting: true, static () => new DeathException(), async (store, before, after, thrown) =>
        {
            Assert.IsType<DeathException>(thrown);
            await RequireWhole(store, change, before, after);
            if (s_mends.Contains(change))
            {
                await s_changes[change].Change(store, null);
            }

            Assert.Empty(store.Open().Verify());
        });

        Assert.True(steps > 8, $"{steps} steps");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public Task A_full_disk_is_an_error_and_what_was_installed_stays(string change) =>
        ForEachStep(change, isLasting: false, static () => new IOException("No space left on device", NoSpace), async (store, before, after, thrown) =>
        {
            // Where only clearing up has failed, the change is made, and nothing is to be reported.
            string? expected = thrown is null ? after : before;
            Assert.True(thrown is null or PluginStoreWriteException { Found: "no room left" }, thrown?.ToString());
            Assert.Equal(expected, store.Read());
            Assert.Equal(expected, store.Installed);
            Assert.Equal(expected is not null || change == "remove", File.Exists(store["plugins.lock.json"]));

            await store.PutInOrder();

            Assert.Empty(store.Leftovers());
        });

    [Theory]
    [MemberData(nameof(Changes))]
    public Task A_file_system_that_becomes_read_only_leaves_a_whole_version(string change) =>
        ForEachStep(change, isLasting: true, static () => new IOException("Read-only file system", ReadOnly), async (store, before, after, thrown) =>
        {
            Assert.True(thrown is null or PluginStoreWriteException { Found: "the file system is mounted read-only" }, thrown?.ToString());
            await RequireWhole(store, change, before, after);
        });

    /// <summary>A whole version is there at once, or between the two renames of a mend after the next change; and nothing else is left then.</summary>
    private static async Task RequireWhole(TestStore store, string change, string? before, string? after)
    {
        bool isBetween = s_mends.Contains(change) && !File.Exists(store["hello", "libhello.so"]);
        Assert.True(isBetween || ((string?[])[before, after]).Contains(store.Read()), "a version that is neither the one before nor the one after");

        await store.PutInOrder();

        Assert.Equal(store.Installed, store.Read());
        Assert.Empty(store.Leftovers());
    }

    /// <summary>Breaks the change at its first step, in another directory at its second, and so on until it has no more. Returns their number.</summary>
    private static async Task<int> ForEachStep(
        string name, bool isLasting, Func<Exception> failure, Func<TestStore, string?, string?, Exception?, Task> check)
    {
        (string?[] before, Func<TestStore, FaultyFiles?, Task> change, string? after) = s_changes[name];
        using var template = new TestStore();
        foreach (string? version in before)
        {
            await template.Install(version!);
        }

        if (s_mends.Contains(name))
        {
            File.WriteAllText(template["hello", "not-of-it"], "");
        }

        for (int step = 0; ; step++)
        {
            using var store = new TestStore(template);
            var files = new FaultyFiles(step, isLasting, failure);
            Exception? thrown = await Record.ExceptionAsync(() => change(store, files));
            if (!files.HasFailed)
            {
                Assert.Null(thrown);
                Assert.Equal(after, store.Read());
                return step;
            }

            await check(store, before.LastOrDefault(), after, thrown);
        }
    }
}
