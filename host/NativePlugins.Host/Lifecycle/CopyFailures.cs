using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Lifecycle;

/// <summary>Who reads an error about a private copy knows the plugin by where it is installed.</summary>
internal static class CopyFailures
{
    /// <summary>The same exception, with the installed directory in place of the copy's. It is the exception itself where it does not speak of the copy.</summary>
    public static PluginException OfInstalled(VerifiedPlugin plugin, PluginException e) =>
        plugin.Staged is { } staged ? OfInstalled(staged, plugin.File.Directory, e) : e;

    /// <inheritdoc cref="OfInstalled(VerifiedPlugin, PluginException)"/>
    public static PluginException OfInstalled(StagedPlugin staged, string directory, PluginException e)
    {
        string copy = UntrustedText.Escape(Path.GetDirectoryName(staged.LibraryPath)!), installed = UntrustedText.Escape(directory);
        var failure = new PluginFailure(Rename(e.Summary)!)
        {
            Expected = Rename(e.Expected),
            Found = Rename(e.Found),
            Advice = Rename(e.Advice),
            Remote = e.Remote,
            Cause = e.InnerException,
        };
        bool isSame = failure.Summary == e.Summary && failure.Expected == e.Expected && failure.Found == e.Found && failure.Advice == e.Advice;
        return isSame ? e : Refusals.ForCode(e.Code, failure) ?? ForCode(e.Code, failure) ?? e;

        string? Rename(string? text) => text?.Replace(copy, installed, StringComparison.Ordinal);
    }

    private static PluginException? ForCode(string code, PluginFailure failure) => code switch
    {
        "NP3004" => new PluginLoaderRefusedException(failure),
        "NP3006" => new PluginImageReplacedException(failure),
        "NP4004" => new PluginManifestException(failure),
        "NP7005" => new PluginDependencyConflictException(failure),
        _ => null,
    };
}
