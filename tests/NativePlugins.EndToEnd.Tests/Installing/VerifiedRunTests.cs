using NativePlugins.Distribution;

namespace NativePlugins.EndToEnd.Tests;

/// <summary><c>--verify</c>: only what is installed runs, as the lock file names it.</summary>
public abstract class VerifiedRunTests : IDisposable
{
    private readonly HostMode _mode;
    private readonly SwappedPlugin _plugin = new();

    private protected VerifiedRunTests(HostMode mode) => _mode = mode;

    [Fact]
    public void What_is_installed_runs() => Assert.Equal("1\n", Run("--verify", SwappedPlugin.Id).Exits(0).Output);

    [Fact]
    public void Without_the_option_an_exchanged_library_runs()
    {
        _plugin.Swap("rename");

        Run(SwappedPlugin.Id);

        Assert.True(File.Exists(_plugin.Marker));
    }

    [Fact]
    public void With_it_an_exchanged_library_is_refused_by_the_name_under_which_it_is_installed()
    {
        _plugin.Swap("rename");

        HostResult result = Run("--verify", SwappedPlugin.Id).Exits(65);

        Assert.StartsWith($"host: NP7018: '{_plugin.Library}' is not as it was installed\n", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_plugin.Marker));
    }

    [Fact]
    public void What_is_not_installed_is_refused()
    {
        HostResult result = Run("--verify", NativeFixtures.PathOf("echo")).Exits(66);

        Assert.StartsWith("host: NP7201: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_the_copy_names_the_installed_library()
    {
        using var scratch = new Scratch();
        string library = scratch.Fixture("missing_dependency");
        using var host = new PluginHost(new PluginHostOptions { Isolation = _mode.Isolation, Verifier = new EveryFile() });

        PluginDependencyMissingException refusal = Assert.Throws<PluginDependencyMissingException>(() => host.Load(library));

        Assert.Contains(library, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("native-plugins-" + Environment.UserName, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_in_CSharp_runs_from_its_copy_and_an_exchanged_one_does_not()
    {
        using var scratch = new Scratch();
        string folder = scratch.Folder("published"), feed = scratch.PathOf("feed"), plugins = scratch.PathOf("plugins");
        File.Copy(Path.Combine(Repository.Dist, "libhello_world.so"), Path.Combine(folder, "libhello_world.so"));
        File.Copy(Path.Combine(Repository.Dist, "libhello_world.plugin.json"), Path.Combine(folder, "libhello_world.plugin.json"));
        HostProcess.Run("pack", folder, "--output", feed).Exits(0);
        HostProcess.Run("install", "hello_world", "--source", feed, "--plugin-dir", plugins).Exits(0);
        var options = new PluginHostOptions { Isolation = _mode.Isolation, Verifier = new InstalledPluginVerifier { TrustFiles = [] } };
        options.Directories.Add(plugins);
        using var host = new PluginHost(options);

        string greeting = Installed.Run(host.Load("hello_world"));
        string library = Path.Combine(plugins, "hello_world", "libhello_world.so");
        byte[] bytes = File.ReadAllBytes(library);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(library, bytes);

        Assert.StartsWith("Hello", greeting, StringComparison.Ordinal);
        Assert.Throws<PluginFileDiffersException>(() => host.Load("hello_world"));
    }

    public void Dispose()
    {
        _plugin.Dispose();
        GC.SuppressFinalize(this);
    }

    private HostResult Run(params string[] arguments) => _mode.Run(["--plugin-dir", _plugin.Plugins, .. arguments]);

    /// <summary>Knows the files as they are.</summary>
    private sealed class EveryFile : PluginVerifier
    {
        public override IReadOnlyList<PluginFileDigest>? Find(string installedPath, string libraryPath)
        {
            byte[] bytes = File.ReadAllBytes(libraryPath);
            return [new(Path.GetFileName(libraryPath), bytes.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)))];
        }
    }
}

/// <inheritdoc/>
public sealed class InProcessVerifiedRunTests() : VerifiedRunTests(HostMode.InProcess);

/// <inheritdoc/>
public sealed class IsolatedVerifiedRunTests() : VerifiedRunTests(HostMode.Isolated);
