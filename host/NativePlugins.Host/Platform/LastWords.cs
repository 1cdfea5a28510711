using System.Runtime.InteropServices;
using System.Runtime.CompilerServices;
using NativePlugins.Binary.Text;

namespace NativePlugins.Host.Platform;

/// <summary>
/// One line on standard error when a plugin ends this process, or a thread of it: which plugin, in which call, and how. <c>Native/last_words.c</c>
/// writes it, on Linux, and is told here who calls what. Without the native helper all of this does nothing.
/// </summary>
internal static unsafe partial class LastWords
{
    /// <summary>The switch of the runtime's configuration. If it is <c>false</c>, nothing is written, and no handler is installed.</summary>
    public const string Switch = "NativePlugins.LastWords.IsSupported";

    /// <summary>
    /// A number in the data of the application's context: the status with which the process ends when a plugin has ended the thread of a call. Without
    /// it the process goes on, and the call never returns.
    /// </summary>
    public const string ThreadEndStatus = "NativePlugins.LastWords.ThreadEndStatus";

    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, nint> s_names = [];
    private static volatile bool s_isDecided;
    private static volatile bool s_isInstalled;

    /// <summary>Whether <see cref="Install"/> has been called, or need not be.</summary>
    public static bool IsDecided => s_isDecided;

    /// <summary>Nothing is installed in this process: another one tells how it ends.</summary>
    public static void Decline() => s_isDecided = true;

    /// <summary>Installs the handlers, once. Needs the system's loader to be free.</summary>
    public static void Install()
    {
        lock (s_lock)
        {
            if (s_isDecided)
            {
                return;
            }

            if (HostSystem.Current.HasAlternateSignalStack && !(AppContext.TryGetSwitch(Switch, out bool isSupported) && !isSupported)
                && !typeof(LastWords).Assembly.IsCollectible && NativeHelper.IsHere)
            {
                try
                {
                    // On CoreCLR the dispatcher is installed for itself, or is turned off.
                    s_isInstalled = np_words_install(AppContext.GetData(ThreadEndStatus) as int? ?? -1) == 0
                        && (!HostRuntime.IsNativeAot || np_signals_install() == 0);
                }
                catch (EntryPointNotFoundException)
                {
                    // The helper of another version.
                }

                if (s_isInstalled)
                {
                    AppDomain.CurrentDomain.ProcessExit += static (_, _) => np_words_quiet();
                }
            }

            s_isDecided = true;
        }
    }

    /// <summary>The name of a plugin as the native side takes it. It is kept for good; there is one for each different name.</summary>
    public static nint NameOf(string plugin)
    {
        string name = UntrustedText.Escape(plugin);
        lock (s_lock)
        {
            if (!s_names.TryGetValue(name, out nint native))
            {
                s_names.Add(name, native = Marshal.StringToCoTaskMemUTF8(name.Length <= 64 ? name : name[..64]));
            }

            return native;
        }
    }

    /// <summary>A plugin's library that holds this address is mapped, and has this name, or from now on another one.</summary>
    /// <param name="number">What the call before has returned; -1 at first.</param>
    /// <param name="address">The address.</param>
    /// <param name="name">From <see cref="NameOf"/>.</param>
    /// <returns>A number for <see cref="Remove"/>.</returns>
    public static int Name(int number, nint address, nint name)
    {
        lock (s_lock)
        {
            return s_isInstalled ? np_words_name(number, address, name) : -1;
        }
    }

    /// <summary>The library is unmapped.</summary>
    public static void Remove(int number)
    {
        if (number >= 0)
        {
            lock (s_lock)
            {
                np_words_remove(number);
            }
        }
    }

    /// <summary>The counts at this place are those of calls into this plugin; of none if the name is 0.</summary>
    public static void NameCounts(int place, nint name)
    {
        if (s_isInstalled)
        {
            np_words_gate(place, name);
        }
    }

    /// <summary>The current thread counts its calls here, and elsewhere no more. They lie where they are until the thread ends.</summary>
    public static void CountsOfCurrentThread(int[] pinned)
    {
        if (s_isInstalled)
        {
            np_words_counts((int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned)), pinned.Length);
        }
    }

    /// <summary>The current thread begins a call into a plugin, which ends when the result is disposed of.</summary>
    /// <param name="name">From <see cref="NameOf"/>.</param>
    /// <param name="call">What is called: a literal, as its address is kept.</param>
    public static Call Enter(nint name, ReadOnlySpan<byte> call)
    {
        bool isTold = s_isInstalled;
        if (isTold)
        {
            Begin(name, call);
        }

        return new Call(isTold);
    }

    /// <summary>A call into a plugin.</summary>
    internal readonly ref struct Call(bool isTold)
    {
        public void Dispose()
        {
            if (isTold)
            {
                End();
            }
        }
    }

    // In methods of their own, which are compiled when they are called: the JIT looks up what is called without a transition when it compiles the call.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Begin(nint name, ReadOnlySpan<byte> call) => np_words_enter(name, (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(call)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void End() => np_words_leave();

    // All are quick, and wait for nothing; those with the attribute are called with each call into a plugin.
    [LibraryImport(NativeHelper.Name)]
    private static partial int np_words_install(int status);

    [LibraryImport(NativeHelper.Name)]
    private static partial int np_signals_install();

    [LibraryImport(NativeHelper.Name)]
    private static partial void np_words_quiet();

    [LibraryImport(NativeHelper.Name)]
    private static partial int np_words_name(int number, nint address, nint name);

    [LibraryImport(NativeHelper.Name)]
    private static partial void np_words_remove(int number);

    [LibraryImport(NativeHelper.Name)]
    private static partial void np_words_gate(int place, nint name);

    [LibraryImport(NativeHelper.Name)]
    private static partial void np_words_counts(int* counts, int length);

    [LibraryImport(NativeHelper.Name)]
    [SuppressGCTransition]
    private static partial void np_words_enter(nint name, byte* call);

    [LibraryImport(NativeHelper.Name)]
    [SuppressGCTransition]
    private static partial void np_words_leave();
}
