using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Loading;

/// <summary>
/// What the process does on the signals that end programs, and on those of faults. They are the application's: a plugin that takes one
/// (Console.CancelKeyPress in a NativeAOT library does) keeps it for good.
/// </summary>
internal sealed class SignalDispositions
{
    private readonly IReadOnlyList<(int Number, string Name)> _signals;
    private readonly nint[] _handlers;

    private SignalDispositions(IReadOnlyList<(int Number, string Name)> signals)
    {
        _signals = signals;
        _handlers = [.. signals.Select(static signal => HostSystem.Current.GetSignalHandler(signal.Number))];
    }

    /// <summary>What it is now.</summary>
    /// <param name="isRuntimeStarting">
    /// Whether a .NET runtime may start before <see cref="FindChanges"/>, whose handlers of faults stay in the chain.
    /// </param>
    public static SignalDispositions Read(bool isRuntimeStarting) => new(
        isRuntimeStarting ? HostSystem.Current.EndingSignals : [.. HostSystem.Current.EndingSignals, .. HostSystem.Current.FaultSignals]);

    /// <summary>The names of the signals that have another handler now, or null.</summary>
    public string? FindChanges()
    {
        var now = new SignalDispositions(_signals);
        List<string>? changed = null;
        for (int i = 0; i < _signals.Count; i++)
        {
            if (now._handlers[i] != _handlers[i])
            {
                (changed ??= []).Add(_signals[i].Name);
            }
        }

        return changed is null ? null : string.Join(", ", changed);
    }
}
