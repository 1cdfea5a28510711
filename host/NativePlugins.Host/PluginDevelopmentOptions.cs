using NativePlugins.Host.Loading;

namespace NativePlugins.Host;

/// <summary>What a <see cref="PluginHost"/> does for who is developing a plugin. Nothing of it is meant for a published application.</summary>
public sealed class PluginDevelopmentOptions
{
    /// <summary>Whether this process can load managed assemblies: it runs under the JIT, and was not trimmed.</summary>
    public static bool IsManagedSupported => ManagedCode.IsSupported;

    /// <summary>
    /// Whether a managed assembly, as <c>dotnet build</c> leaves it, is loaded as a plugin: into a collectible load context, with the
    /// assemblies beside it, and under the JIT. It takes no native compilation, can be debugged, and goes when it is replaced or disposed of. It has
    /// no effect where <see cref="IsManagedSupported"/> is false: there such a file is refused (NP2005). Default: false.
    /// </summary>
    /// <remarks>
    /// Such a plugin does not behave in all as its published library: nothing was trimmed, reflection and dynamic code work, and its faults,
    /// static state of the framework and garbage collector are the application's.
    /// </remarks>
    public bool AllowManaged { get; set; }
}
