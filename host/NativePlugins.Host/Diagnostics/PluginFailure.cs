namespace NativePlugins.Host.Diagnostics;

/// <summary>What an exception reports besides its catalogue entry. The code that fills it in has escaped the text that comes from outside.</summary>
internal sealed record PluginFailure(string Summary)
{
    public string? Expected { get; init; }

    public string? Found { get; init; }

    /// <summary>Advice for this case, if there is better advice than the catalogue's.</summary>
    public string? Advice { get; init; }

    public PluginRemoteError? Remote { get; init; }

    public Exception? Cause { get; init; }
}
