namespace NativePlugins.Host;

/// <summary>
/// What the process does on the signals that end programs. They are the application's: a plugin that takes one
/// (Console.CancelKeyPress in a NativeAOT library does) keeps it for good.
/// </summary>
internal sealed class SignalDispositions
{
    // The numbers are the same on Linux and macOS.
    private static readonly (int Number, string Name)[] s_signals =
        [(1, "SIGHUP"), (2, "SIGINT"), (3, "SIGQUIT"), (13, "SIGPIPE"), (15, "SIGTERM")];

    private readonly nint[] _handlers;

    private SignalDispositions(nint[] handlers) => _handlers = handlers;

    public static SignalDispositions Read() =>
        new(Array.ConvertAll(s_signals, static signal => HostSystem.Current.GetSignalHandler(signal.Number)));

    /// <summary>The names of the signals that have another handler now, or null.</summary>
    public string? FindChanges()
    {
        nint[] now = Read()._handlers;
        List<string>? changed = null;
        for (int i = 0; i < now.Length; i++)
        {
            if (now[i] != _handlers[i])
            {
                (changed ??= []).Add(s_signals[i].Name);
            }
        }

        return changed is null ? null : string.Join(", ", changed);
    }
}
