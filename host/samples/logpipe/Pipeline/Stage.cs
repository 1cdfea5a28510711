using NativePlugins.Contracts;
using NativePlugins.Extensions.Hosting;
using NativePlugins.Host;

namespace LogPipe;

/// <summary>A plugin at its place in the pipeline.</summary>
internal sealed record Stage<T>(string Id, T Contract)
    where T : class, IPluginContract<T>
{
    /// <summary>The stages of these plugins.</summary>
    public static Stage<T>[] Of(IEnumerable<string> ids, HostedPlugins plugins) => [.. ids.Select(id => new Stage<T>(id, plugins.Get(id).Get<T>()))];

    /// <summary>What one of them failed with, in one line.</summary>
    public string Tell(Exception failure) => $"{Id}: {(failure as PluginException)?.Summary ?? failure.Message}";
}
