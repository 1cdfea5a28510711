namespace NativePlugins.EndToEnd.Tests;

/// <summary>A plugin that brings a library of its own, in a folder beside it, and prints the number that this one knows.</summary>
internal sealed class BroughtLibrary : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly PluginHost _host;
    private string _soname;

    public BroughtLibrary(string soname, int value)
    {
        _soname = soname;
        Build(value, soname);
        _host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = _scratch.Folder("staging") } });
    }

    /// <summary>The library that the plugin brings.</summary>
    public string Library => Path.Combine(_scratch.PathOf("plugins"), "private", _soname);

    private string Plugin => Path.Combine(_scratch.PathOf("plugins"), "libbringer.so");

    public string Manifest => Path.ChangeExtension(Plugin, ".plugin.json");

    /// <summary>Installs another build.</summary>
    public void Build(int value, string? soname = null)
    {
        _soname = soname ?? _soname;
        _scratch.Folder("plugins");
        _scratch.Folder(Path.Combine("plugins", "private"));
        string source = _scratch.Write("brought.c", $"int np_brought_value(void) {{ return {value}; }}\n");
        Tool.Run(TestTarget.C, "-shared", "-fPIC", $"-Wl,-soname,{_soname}", "-o", Library, source);
        string plugin = _scratch.Write("bringer.c", """
            #include "native_plugins.h"
            extern int np_brought_value(void);
            static int32_t print(const np_sink *sink) {
                char text[2] = {(char)('0' + np_brought_value()), '\n'};
                return sink->write(sink->context, text, 2);
            }
            #define ID "bringer"
            #define RUN return print(call->output);
            #include "fixture.h"
            """);
        Tool.Run(
            TestTarget.C, "-shared", "-fPIC", "-fvisibility=hidden", "-I", "abi", "-I", "tests/fixtures", "-o", Plugin, plugin, Library, "-Wl,-rpath,$ORIGIN/private");
        File.WriteAllText(Manifest, $$"""
            {
              "manifestVersion": 1, "id": "bringer", "name": "Fixture bringer", "version": "1.0.0", "abi": "1.0",
              "language": "C", "runtime": "none", "runtimeVersion": "", "files": ["private/{{_soname}}"]
            }
            """);
    }

    public Plugin Load() => _host.Load(Plugin);

    /// <summary>Loads it from where it is installed.</summary>
    public string RunUnstaged()
    {
        using var host = new PluginHost();
        return Installed.Run(host.Load(Plugin));
    }

    public void Dispose()
    {
        _host.Dispose();
        _scratch.Dispose();
    }
}
