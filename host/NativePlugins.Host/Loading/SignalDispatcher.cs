using System.Runtime.InteropServices;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Loading;

/// <summary>
/// The native helper that passes a hardware signal to the NativeAOT library that it is for. On Linux an application on CoreCLR needs it to
/// carry more than a few such libraries; <c>Native/signal_dispatcher.c</c> says why. An application that is itself NativeAOT never loads
/// it, and no application loads it before its first NativeAOT library.
/// </summary>
internal sealed unsafe class SignalDispatcher
{
    /// <summary>
    /// The switch of the runtime's configuration. If it is <c>false</c>, the host does without the helper, as if that could not be loaded.
    /// </summary>
    public const string Switch = "NativePlugins.SignalDispatcher.IsSupported";

    private const string FileName = "libnative_plugins_signals.so";

    private static readonly Lock s_lock = new();
    private static string? s_path;
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
                if (s_installed is null && s_path is null && s_absence is null && HostRuntime.ChainsSignalsOnAlternateStack)
                {
                    s_path = Find(out s_absence);
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
            return s_installed ??= s_absence is null ? Load(s_path!) : null;
        }
    }

    /// <summary>Called before a runtime starts, with an address in its library. One library at a time.</summary>
    /// <returns>A number for <see cref="End"/>, or -1.</returns>
    public int Begin(nint address) => _begin(address);

    /// <summary>Called after the runtime has started.</summary>
    public void End(int id) => _end(id);

    private static SignalDispatcher? Load(string path)
    {
        if (!NativeLibrary.TryLoad(path, out nint library))
        {
            s_absence = FileSystem.Current.FindNoExecMount(path) is string mount
                ? $"'{UntrustedText.Escape(path)}' lies below '{UntrustedText.Escape(mount)}', which is mounted with noexec"
                : $"'{UntrustedText.Escape(path)}' cannot be loaded";
            return null;
        }

        // The helper is never unloaded: from now on the kernel calls it.
        if (!NativeLibrary.TryGetExport(library, "np_signals_install", out nint install)
            || !NativeLibrary.TryGetExport(library, "np_signals_begin", out nint begin)
            || !NativeLibrary.TryGetExport(library, "np_signals_end", out nint end))
        {
            s_absence = $"'{UntrustedText.Escape(path)}' belongs to another version of NativePlugins.Host";
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

    /// <summary>Looks where the runtime finds an application's native libraries, then beside this assembly and the application.</summary>
    private static string? Find(out string? absence)
    {
        absence = null;
        if (AppContext.TryGetSwitch(Switch, out bool isSupported) && !isSupported)
        {
            absence = $"{Switch} is false";
            return null;
        }

        string inPackage = Path.Combine("runtimes", $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}", "native", FileName);
        foreach (string directory in Directories())
        {
            foreach (string candidate in (ReadOnlySpan<string>)[Path.Combine(directory, FileName), Path.Combine(directory, inPackage)])
            {
                if (File.Exists(candidate))
                {
                    return Path.GetFullPath(candidate);
                }
            }
        }

        absence = $"there is no {FileName} for {RuntimeInformation.RuntimeIdentifier} with the application";
        return null;
    }

    private static IEnumerable<string> Directories()
    {
        string native = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? string.Empty;
        return native.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append(AppContext.BaseDirectory).Where(Path.IsPathFullyQualified);
    }
}
