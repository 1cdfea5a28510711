using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>
/// NP3017: a library's constructors or destructors do not return, and nothing can be loaded or closed until they do. See
/// <see cref="PluginErrors.LoaderHeld"/>.
/// </summary>
public sealed class PluginLoaderHeldException : PluginException
{
    internal PluginLoaderHeldException(PluginFailure failure, string library)
        : base(PluginErrors.LoaderHeld, failure) => Library = library;

    /// <summary>The path of the library that holds the loader, which need not be the one that was to be loaded.</summary>
    public string Library { get; }
}
