using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Loading;

/// <summary>
/// What the process does on the signals that end programs, and on those of faults. This is for the application to decide: a plugin that
/// takes such a signal (as Console.CancelKeyPress does in a NativeAOT library) keeps it for good.
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

    /// <summary>Reads the handlers of this moment.</summary>
    /// <param name="isRuntimeStarting">
    /// Whether a .NET runtime may start before <see cref="FindChanges"/>. The runtime's handlers of faults stay in the chain.
    /// </param>
    public static SignalDispositions Read(bool isRuntimeStarting) => new(
        isRuntimeStarting ? HostSystem.Current.EndingSignals : [.. HostSystem.Current.EndingSignals, .. HostSystem.Current.FaultSignals]);

    /// <summary>The names of the signals that now have another handler; null if there are none.</summary>
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
