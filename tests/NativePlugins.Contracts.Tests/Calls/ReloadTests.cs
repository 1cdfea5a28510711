using NativePlugins.Host;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>A proxy that the application holds while the plugin behind it is replaced.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("np-contracts-").FullName;
    private readonly PluginHost _host;
    private readonly Plugin _plugin;
    private readonly IEvolving _proxy;

    public ReloadTests()
    {
        Install("\"old\"", "\"old\"");
        _host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = Path.Combine(_folder, "staging") } });
        _plugin = _host.Load(Library);
        _proxy = _plugin.Get<IEvolving>();
    }

    private string Library => Path.Combine(_folder, "plugin.so");

    [Fact]
    public void A_proxy_calls_the_new_generation()
    {
        Assert.Equal("old", _proxy.GetName());
        Install("\"old\"", "\"new\"");

        _plugin.Reload();

        Assert.Equal("new", _proxy.GetName());
        Assert.Same(_proxy, _plugin.Get<IEvolving>());
    }

    [Fact]
    public void A_generation_with_another_contract_of_that_id_is_refused_and_the_proxy_calls_the_old_one()
    {
        Install("TEST_EVOLVING_1_PREFIX(NULL)", "(uint32_t)sizeof(test_evolving_1), 0u, NULL, &another, NULL, 0");

        PluginException refusal = Assert.Throws<PluginContractMismatchException>(() => _plugin.Reload());

        Assert.Equal("NP4006", refusal.Code);
        Assert.Equal("old", _proxy.GetName());
    }

    [Fact]
    public void A_generation_without_the_contract_is_refused_and_the_proxy_calls_the_old_one()
    {
        Install("NP_TEXT(TEST_EVOLVING_1_ID)", "NP_TEXT(\"test.other/1\")");

        Assert.Throws<PluginServiceMissingException>(() => _plugin.Reload());

        Assert.Equal(5, _proxy.Add(2, 3));
    }

    [Fact]
    public async Task A_reload_waits_for_the_end_of_a_lease()
    {
        Install("\"old\"", "\"new\"");
        using var isLoaded = new ManualResetEventSlim();
        _plugin.Reloading += (_, _) => isLoaded.Set();
        Task<PluginReload> reload;
        using (PluginLease<IEvolving> lease = _plugin.Lease<IEvolving>())
        {
            reload = Task.Run(() => _plugin.Reload());
            Assert.True(isLoaded.Wait(TimeSpan.FromMinutes(1)));
            for (int i = 0; i < 1000; i++)
            {
                Assert.Equal("old", lease.GetName());
            }

            Assert.False(reload.IsCompleted);
        }

        await reload.WaitAsync(TimeSpan.FromMinutes(1));
        using PluginLease<IEvolving> next = _plugin.Lease<IEvolving>();
        Assert.Equal("new", next.GetName());
    }

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Compiles old_evolving.c with one text replaced by another, and installs it over the library.</summary>
    private void Install(string text, string replacement)
    {
        string source = Path.Combine(_folder, "plugin.c"), built = Path.Combine(_folder, "built.so");
        string old = File.ReadAllText(Repository.PathOf("tests/contracts/old_evolving.c"));
        Assert.Contains(text, old, StringComparison.Ordinal);
        File.WriteAllText(source, old.Replace(text, replacement, StringComparison.Ordinal).Replace(
            "static const test_evolving_1 evolving", "static const uint64_t another = 1;\nstatic const test_evolving_1 evolving", StringComparison.Ordinal));
        TestPlugins.Build(built, source, Repository.PathOf("tests/contracts/NativePlugins.FrozenContracts"), "-Wno-unused-const-variable");
        File.Copy(built, Library, overwrite: true);
    }
}
