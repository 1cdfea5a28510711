using System.Runtime.InteropServices;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Loading;

/// <summary>
/// The native helper that passes a hardware signal to the NativeAOT library that it is for. On Linux an application on CoreCLR needs it to
/// carry more than a few such libraries; <c>Native/signal_dispatcher.c</c> says why. An application that is itself NativeAOT needs none of it.
/// </summary>
internal sealed unsafe class SignalDispatcher
{
    /// <summary>
    /// The switch of the runtime's configuration. If it is <c>false</c>, the host does without the helper, as if that could not be loaded.
    /// </summary>
    public const string Switch = "NativePlugins.SignalDispatcher.IsSupported";

    private static readonly Lock s_lock = new();
    private static string? s_absence;
    private static SignalDispatcher? s_installed;

    private readonly delegate* unmanaged[Cdecl]<nint, int> _begin;
    private readonly delegate* unmanaged[Cdecl]<int, void> _end;

    private SignalDispatcher(nint begin, nint end)
    {
        _begin = (delegate* unmanaged[Cdecl]<nint, int>)begin;
        _end = (delegate* unmanaged[Cdecl]<int, void>)end;
    }

    /// <summary>Why the helper cannot be loaded, for a message; null if it can be, or is not needed.</summary>
    public static string? Absence
    {
        get
        {
            lock (s_lock)
            {
                if (s_installed is null && s_absence is null && HostRuntime.ChainsSignalsOnAlternateStack)
                {
                    s_absence = AppContext.TryGetSwitch(Switch, out bool isSupported) && !isSupported ? $"{Switch} is false" : NativeHelper.Absence;
                }

                return s_absence;
            }
        }
    }

    /// <summary>Whether the helper is in front of this process's handlers.</summary>
    public static bool IsInstalled
    {
        get
        {
            lock (s_lock)
            {
                return s_installed is not null;
            }
        }
    }

    /// <summary>
    /// Puts the helper in front of this process's handlers, once. The first call needs the loader to be free. Null if the helper cannot be
    /// loaded, or is not needed.
    /// </summary>
    public static SignalDispatcher? Install()
    {
        if (!HostRuntime.ChainsSignalsOnAlternateStack || Absence is not null)
        {
            return null;
        }

        lock (s_lock)
        {
            return s_installed ??= s_absence is null ? Load() : null;
        }
    }

    /// <summary>Called before a runtime starts, with an address in its library. One library at a time.</summary>
    /// <returns>A number for <see cref="End"/>, or -1.</returns>
    public int Begin(nint address) => _begin(address);

    /// <summary>Called after the runtime has started.</summary>
    public void End(int id) => _end(id);

    private static SignalDispatcher? Load()
    {
        if (!NativeHelper.TryLoad(out nint library, out s_absence))
        {
            return null;
        }

        // The helper is never unloaded: from now on the kernel calls it.
        if (!NativeLibrary.TryGetExport(library, "np_signals_install", out nint install)
            || !NativeLibrary.TryGetExport(library, "np_signals_begin", out nint begin)
            || !NativeLibrary.TryGetExport(library, "np_signals_end", out nint end))
        {
            s_absence = NativeHelper.OfAnotherVersion;
            return null;
        }

        int error = ((delegate* unmanaged[Cdecl]<int>)install)();
        if (error != 0)
        {
            s_absence = $"the system refused to install its handlers (errno {error})";
            return null;
        }

        return new SignalDispatcher(begin, end);
    }
}
