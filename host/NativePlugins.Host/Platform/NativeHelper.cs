using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;

namespace NativePlugins.Host.Platform;

/// <summary>
/// The native library that comes with the package on Linux, for what must be native code: handlers of signals. It is loaded once, and stays. A program
/// may also have it linked in, as <c>host</c> has.
/// </summary>
internal static class NativeHelper
{
    /// <summary>The name by which imports ask for it.</summary>
    public const string Name = "native_plugins_signals";

    private const string FileName = "libnative_plugins_signals.so";

    private static readonly Lock s_lock = new();
    private static nint s_library;
    private static string? s_path;
    private static string? s_absence;

    /// <summary>Whether it is linked into the program. It is no file then.</summary>
    [FeatureSwitchDefinition("NativePlugins.Signals.AreLinked")]
    private static bool IsLinked => AppContext.TryGetSwitch("NativePlugins.Signals.AreLinked", out bool isOn) && isOn;

    /// <summary>Whether its functions can be called; loads it, if that has not been done. The first call needs the system's loader to be free.</summary>
    public static bool IsHere => (IsLinked && HostRuntime.IsNativeAot) || TryLoad(out _, out _);

    /// <summary>Why it cannot be loaded, for a message; null if it can be, as far as that is known before.</summary>
    public static string? Absence
    {
        get
        {
            lock (s_lock)
            {
                if (s_path is null && s_absence is null)
                {
                    s_path = Find(out s_absence);
                }

                return s_absence;
            }
        }
    }

    /// <summary>Loads it, if that has not been done. The first call needs the system's loader to be free.</summary>
    /// <param name="library">Its handle.</param>
    /// <param name="absence">Why it cannot be loaded.</param>
    public static bool TryLoad(out nint library, [NotNullWhen(false)] out string? absence)
    {
        absence = Absence;
        lock (s_lock)
        {
            if (s_library == 0 && absence is null && !NativeLibrary.TryLoad(s_path!, out s_library))
            {
                s_absence = FileSystem.Current.FindNoExecMount(s_path!) is string mount
                    ? $"'{UntrustedText.Escape(s_path!)}' lies below '{UntrustedText.Escape(mount)}', which is mounted with noexec"
                    : $"'{UntrustedText.Escape(s_path!)}' cannot be loaded";
            }

            library = s_library;
            absence = s_absence;
            return s_absence is null;
        }
    }

    /// <summary>What is said of a helper without the functions that are looked for.</summary>
    public static string OfAnotherVersion => $"'{UntrustedText.Escape(s_path ?? FileName)}' belongs to another version of NativePlugins.Host";

    /// <summary>Looks where the runtime finds an application's native libraries, then beside this assembly and the application.</summary>
    private static string? Find(out string? absence)
    {
        absence = null;
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
