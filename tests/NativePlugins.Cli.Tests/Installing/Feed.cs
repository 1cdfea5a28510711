using System.Text.Json;
using NativePlugins.Distribution;
using NativePlugins.Host;
using NativePlugins.Tests;

namespace NativePlugins.Cli.Tests.Installing;

/// <summary>A folder of packages that <c>host pack</c> made, and a directory of plugins.</summary>
internal sealed class Feed : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public string Packages => _folder["packages"];

    public string Plugins => _folder["plugins"];

    /// <summary>What a build would publish: the library and its manifest.</summary>
    public string Publish(string id, string version)
    {
        string folder = _folder.CreateDirectory($"{id}-{version}");
        string library = $"lib{id}.so";
        File.Copy(CCompiler.Plugin(), Path.Combine(folder, library));
        var manifest = new PluginManifest
        {
            Id = id, Name = "Hello", Version = version, Abi = "1.0", Services = ["np.command/1"], Language = "C", Runtime = PluginRuntime.None,
            Rid = PluginPackage.CurrentSystem, Library = library,
        };
        using FileStream json = File.Create(Path.Combine(folder, $"lib{id}.plugin.json"));
        manifest.WriteTo(json);
        return folder;
    }

    public HostRun Pack(string id, string version) => HostRun.Of("pack", Publish(id, version), "--output", Packages);

    /// <summary>A command about these plugins.</summary>
    public HostRun Run(params string[] arguments) => HostRun.Of([.. arguments, "--plugin-dir", Plugins]);

    public HostRun Install(string argument, params string[] options) => Run(["install", argument, "--source", Packages, .. options]);

    public string Installed(string id) => Path.Combine(Plugins, id, $"lib{id}.so");

    public static JsonElement[] Lines(HostRun run) =>
        [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public void Dispose() => _folder.Dispose();
}
