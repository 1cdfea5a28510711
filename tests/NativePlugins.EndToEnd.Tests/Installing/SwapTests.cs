using System.Globalization;
using NativePlugins.Distribution;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>Installed files are exchanged at every step of a load: what the lock file does not name never runs, and a refusal has its type.</summary>
public abstract class SwapTests(PluginIsolation isolation, int loads) : IDisposable
{
    // As many loads, instead of those of a normal run.
    private const string Variable = "NATIVE_PLUGINS_SWAPS";

    // Not there at this moment, not there any more or another one, not what the lock file names.
    private static readonly string[] s_refusals = ["NP1001", "NP1004", "NP2009", "NP7018", "NP7206"];

    private readonly SwappedPlugin _plugin = new();

    public static TheoryData<string> Ways => [.. SwappedPlugin.Ways];

    private int Loads { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : loads;

    [Fact]
    public void What_is_installed_runs_with_its_private_library()
    {
        using var host = new PluginHost(_plugin.Options(isolation));

        Assert.Equal("1\n", Installed.Run(host.Load(SwappedPlugin.Id)));
        Assert.DoesNotContain(_plugin.Plugins, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_is_exchanged_before_the_load_is_refused(string way)
    {
        using var host = new PluginHost(_plugin.Options(isolation));
        _plugin.Swap(way);

        PluginException refusal = Assert.ThrowsAny<PluginException>(() => host.Load(SwappedPlugin.Id));

        Assert.Equal(way switch { "link" or "link to library" => "NP7206", "delete" => "NP1001", _ => "NP7018" }, refusal.Code);
        AssertNothingRan();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_is_exchanged_between_the_check_and_the_copy_is_refused(string way)
    {
        using var host = new PluginHost(_plugin.Options(isolation, new SwappingVerifier(() => _plugin.Swap(way))));

        if (way == "link")
        {
            // It has been followed already.
            Assert.Equal("1\n", Installed.Run(host.Load(SwappedPlugin.Id)));
        }
        else
        {
            Assert.Equal("NP7018", Assert.Throws<PluginFileDiffersException>(() => host.Load(SwappedPlugin.Id)).Code);
        }

        AssertNothingRan();
    }

    [Fact]
    public async Task What_the_lock_file_does_not_name_never_runs_however_the_files_are_exchanged_meanwhile()
    {
        using var host = new PluginHost(_plugin.Options(isolation));
        await SwapDuring(() =>
        {
            using Plugin plugin = host.Load(SwappedPlugin.Id);
            Assert.Equal("1\n", Installed.Run(plugin));
        });
    }

    [Fact]
    public async Task Nor_does_a_reload_run_it()
    {
        PluginHostOptions options = _plugin.Options(isolation);
        options.Reload = new PluginReloadOptions();
        using var host = new PluginHost(options);
        Plugin plugin = host.Load(SwappedPlugin.Id);
        await SwapDuring(() =>
        {
            plugin.Reload();
            Assert.Equal("1\n", Installed.Run(plugin));
        });
    }

    [Fact]
    public void Each_generation_is_compared_anew()
    {
        PluginHostOptions options = _plugin.Options(isolation);
        options.Reload = new PluginReloadOptions { Staging = false };
        using var host = new PluginHost(options);
        Plugin plugin = host.Load(SwappedPlugin.Id);
        string library = _plugin.Update("2.0.0");
        plugin.Reload();
        Assert.Equal("2.0.0", plugin.Description.Version);

        File.AppendAllText(library, "more");

        Assert.Throws<PluginFileDiffersException>(() => plugin.Reload());
        Assert.Equal(("1\n", 2), (Installed.Run(plugin), plugin.Generation));
    }

    public void Dispose()
    {
        _plugin.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task SwapDuring(Action load)
    {
        using var stop = new CancellationTokenSource();
        Task swapper = Task.Run(() => SwapUntil(stop.Token));
        try
        {
            for (int i = 0; i < Loads; i++)
            {
                try
                {
                    load();
                }
                catch (PluginException e)
                {
                    Assert.Contains(e.Code, s_refusals);
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await swapper;
        }

        AssertNothingRan();
        load();
    }

    private void SwapUntil(CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            string way = SwappedPlugin.Ways[i % SwappedPlugin.Ways.Count];
            _plugin.Swap(way);
            _plugin.SwapBack(way);
        }
    }

    private void AssertNothingRan() => Assert.False(File.Exists(_plugin.Marker), "A library that is not in the lock file was mapped.");

    /// <summary>Exchanges the files as soon as it is known of which bytes they must consist.</summary>
    private sealed class SwappingVerifier(Action swap) : PluginVerifier
    {
        private readonly InstalledPluginVerifier _installed = new() { TrustFiles = [] };

        public override IReadOnlyList<PluginFileDigest>? Find(string installedPath, string libraryPath)
        {
            IReadOnlyList<PluginFileDigest>? known = _installed.Find(installedPath, libraryPath);
            swap();
            return known;
        }
    }
}

/// <inheritdoc/>
public sealed class InProcessSwapTests() : SwapTests(PluginIsolation.InProcess, loads: 500);

/// <inheritdoc/>
public sealed class IsolatedSwapTests() : SwapTests(PluginIsolation.Process, loads: 60);
