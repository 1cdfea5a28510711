namespace NativePlugins.Host.Diagnostics;

/// <summary>What an exception reports besides its catalogue entry. Text from outside is escaped by who fills it in.</summary>
internal sealed record PluginFailure(string Summary)
{
    public string? Expected { get; init; }

    public string? Found { get; init; }

    /// <summary>Better advice than the catalogue's, where the case allows it.</summary>
    public string? Advice { get; init; }

    public PluginRemoteError? Remote { get; init; }

    public Exception? Cause { get; init; }
}
