using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Isolation;

/// <summary>Carries an exception about a plugin from a worker to the application, where it is of the same type again.</summary>
internal static class RemoteFailures
{
    private const int MaxText = 64 * 1024;

    public static PayloadWriter Write(PayloadWriter writer, PluginException e) => writer
        .Text(e.Code).Text(e.Summary).Text(e.Expected).Text(e.Found).Text(e.Advice).Error(e.Remote);

    /// <exception cref="ChannelException">There is no exception of that code.</exception>
    public static PluginException Read(ref PayloadReader reader)
    {
        string code = reader.Text();
        var failure = new PluginFailure(Escape(reader.Text())!)
        {
            Expected = Escape(reader.OptionalText()),
            Found = Escape(reader.OptionalText()),
            Advice = Escape(reader.OptionalText()),
            Remote = reader.Error(),
        };
        return Refusals.ForCode(code, failure) ?? ForCode(code, failure)
            ?? throw new ChannelException($"an error with the code {UntrustedText.Quote(code)}, which no load has");
    }

    // The worker has escaped its text. That is no reason to believe it.
    private static string? Escape(string? text) => text is null ? null : UntrustedText.Escape(text, multiline: true, MaxText);

    /// <summary>What can happen between the file and the instance, and is not a finding of <c>NativePlugins.Binary</c>.</summary>
    internal static PluginException? ForCode(string code, PluginFailure failure) => code switch
    {
        "NP1010" => new PluginSecureExecutionException(failure),
        "NP3004" => new PluginLoaderRefusedException(failure),
        "NP3005" => new PluginResidentLimitException(failure),
        "NP3006" => new PluginImageReplacedException(failure),
        "NP3013" => new PluginUniqueSymbolException(failure),
        "NP3017" => new PluginLoaderHeldException(failure, ""),
        "NP4001" => new PluginDescriptionException(failure),
        "NP4002" => new PluginLayoutException(failure),
        "NP4003" => new PluginManifestMismatchException(failure),
        "NP4004" => new PluginManifestException(failure),
        "NP5001" => new PluginCreateFailedException(failure),
        "NP5003" => new PluginFaultException(failure),
        "NP5004" => new PluginDeadlineException(failure),
        "NP6001" => new PluginConfigurationException(failure),
        "NP7005" => new PluginDependencyConflictException(failure),
        "NP7015" => new PluginLibraryUnlistedException(failure),
        _ => null,
    };
}
