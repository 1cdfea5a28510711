using System.Runtime.InteropServices;

namespace NativePlugins.Host;

/// <summary>
/// What the process does on the signals that end programs. They are the application's: a plugin that takes one
/// (Console.CancelKeyPress in a NativeAOT library does) keeps it for good.
/// </summary>
internal sealed unsafe partial class SignalDispositions
{
    // The numbers are the same on Linux and macOS.
    private static readonly (int Number, string Name)[] s_signals =
        [(1, "SIGHUP"), (2, "SIGINT"), (3, "SIGQUIT"), (13, "SIGPIPE"), (15, "SIGTERM")];

    private readonly nint[] _handlers;

    private SignalDispositions(nint[] handlers) => _handlers = handlers;

    public static SignalDispositions Read()
    {
        if (OperatingSystem.IsWindows())
        {
            return new SignalDispositions([]);
        }

        // struct sigaction begins with the handler on Linux (glibc, musl) and macOS; 512 bytes hold all of them.
        byte* action = stackalloc byte[512];
        nint[] handlers = new nint[s_signals.Length];
        for (int i = 0; i < handlers.Length; i++)
        {
            handlers[i] = SigAction(s_signals[i].Number, null, action) == 0 ? *(nint*)action : 0;
        }

        return new SignalDispositions(handlers);
    }

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

    [LibraryImport(SystemLibrary.Name, EntryPoint = "sigaction")]
    private static partial int SigAction(int signal, byte* action, byte* oldAction);
}
