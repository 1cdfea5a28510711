using NativePlugins.Host;

namespace NativePlugins.Bench.Calls;

/// <summary>A copy of a library in a directory of its own, of which each reload finds other bytes: one more at the end.</summary>
internal sealed class BenchedPlugin : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("native-plugins-bench-").FullName;
    private readonly string _library;
    private readonly PluginHost _host;

    public BenchedPlugin(string library)
    {
        _library = Path.Combine(_folder, Path.GetFileName(library));
        File.Copy(library, _library);
        _host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = _folder } });
        Plugin = _host.Load(_library);
        Service = Plugin.GetService("test.add/1");
    }

    public Plugin Plugin { get; }

    public PluginService Service { get; }

    public PluginReloadTimings Reload()
    {
        using (FileStream file = new(_library, FileMode.Append))
        {
            file.WriteByte(0);
        }

        return Plugin.Reload().Timings;
    }

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
