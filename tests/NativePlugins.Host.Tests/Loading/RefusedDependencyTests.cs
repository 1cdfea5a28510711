using NativePlugins.Conform;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Tests.Loading;

[Collection(nameof(LoaderLock))]
public sealed class RefusedDependencyTests : IDisposable
{
    private const string Entry = "int np_plugin_entry_v1(void) { return 0; }";

    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [LinuxFact]
    public void Loading_a_plugin_says_which_library_the_loader_misses()
    {
        string gone = Copy(CCompiler.Library("int gone(void) { return 1; }", "-Wl,-soname,libgone_six.so"), "libgone_six.so");
        string plugin = Copy(CCompiler.Library(Entry + "int gone(void); int x(void) { return gone(); }", gone), "libplugin.so");
        using var host = new PluginHost();

        Assert.Throws<PluginDependencyMissingException>(() => host.Load(plugin));
    }

    [LinuxFact]
    public void Loading_a_plugin_says_which_symbol_the_loader_misses()
    {
        string plugin = Copy(CCompiler.Library(Entry + "int nobody_defines_that(void); int x(void) { return nobody_defines_that(); }"), "libplugin.so");
        using var host = new PluginHost();

        Assert.Throws<PluginSymbolMissingException>(() => host.Load(plugin));
    }

    [LinuxFact]
    public void A_pipe_under_the_name_of_a_needed_library_is_refused_before_the_loader_waits_for_it()
    {
        var compiled = new CompiledLibraries(_temp.CreateDirectory("compiled"));
        var side = new RefusalSide(_temp.CreateDirectory("plugin"), compiled);
        RefusalCorpus.All.Single(pair => pair.Name == "first-is-a-pipe").Refused(side);
        using var host = new PluginHost();

        var refusal = Assert.Throws<PluginDependencyBrokenException>(() => host.Load(side.Library));

        Assert.Contains("NP2001", refusal.Found, StringComparison.Ordinal);
        Assert.IsType<PluginNotRegularFileException>(refusal.InnerException);
    }

    private string Copy(string from, string name)
    {
        File.Copy(from, _temp[name]);
        TemporaryDirectory.SetMode(_temp[name], "755");
        return _temp[name];
    }
}
