using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;

namespace NativePlugins.Host.Platform;

/// <summary>
/// One call of posix_spawn(3). The child gets: the null device as standard input, the application's standard output, a pipe as standard error,
/// the channel as descriptor 3, then shared memory and the rules of its sandbox, if there are any, and no other descriptor; every signal at its default and none blocked; a process group of its own, so that
/// Ctrl-C reaches the application alone.
/// </summary>
internal static partial class LinuxSpawn
{
    /// <summary>The function that came last to the C library, of those that are needed.</summary>
    public const string NewestFunction = "posix_spawn_file_actions_addclosefrom_np";

    /// <summary>The descriptor of the memory that the application and the worker share.</summary>
    public const int Memory = 4;

    /// <summary>The argument after the plugin's name that asks for a sandbox. The number of the descriptor of its rules follows.</summary>
    public const string SandboxArgument = "sandbox";

    private const int BrokenPipe = 13; // SIGPIPE
    private const int OpaqueSize = 1024; // more than posix_spawnattr_t and posix_spawn_file_actions_t of any C library
    private const int SignalSetSize = 128;
    private const int Channel = 3;
    private const int GetDescriptorFlags = 1; // F_GETFD
    private const int WriteOnly = 1;          // O_WRONLY
    private const short Flags = 0x02 | 0x04 | 0x08; // POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK

    /// <returns>The child's number.</returns>
    /// <exception cref="IOException">It was not started.</exception>
    public static int Start(WorkerStart start, SafeFileHandle channel, SafeFileHandle errors, SafeFileHandle? memory, SafeFileHandle? rules)
    {
        using var texts = new NativeTexts();
        nint arguments = texts.List([start.Path, .. start.Arguments, .. rules is null ? [] : new[] { SandboxArgument, InvariantText.Of($"{RulesAfter(memory)}") }]);
        nint environment = texts.List(start.Environment.Select(variable => $"{variable.Key}={variable.Value}"));
        byte[] actions = new byte[OpaqueSize], attributes = new byte[OpaqueSize];
        Check(posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        Check(posix_spawnattr_init(attributes), "posix_spawnattr_init");
        try
        {
            SetDescriptors(actions, channel, errors, memory, rules);
            if (start.WorkingDirectory is string directory)
            {
                Check(posix_spawn_file_actions_addchdir_np(actions, directory), "posix_spawn_file_actions_addchdir_np");
            }

            SetSignals(attributes);
            Check(posix_spawn(out int child, start.Path, actions, attributes, arguments, environment), "posix_spawn");
            return child;
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
        }
    }

    /// <summary>Called in the worker: begins it anew under the same number, with the same environment. Returns only if that fails.</summary>
    /// <exception cref="IOException">The system does not execute it.</exception>
    public static void StartAgain(string path, IEnumerable<string> arguments)
    {
        using var texts = new NativeTexts();
        _ = signal(BrokenPipe, 0); // the runtime ignores it, which would stay
        _ = execv(path, texts.List(arguments));
        throw LinuxDescriptors.Failed("execv");
    }

    private static void SetDescriptors(byte[] actions, SafeFileHandle channel, SafeFileHandle errors, SafeFileHandle? memory, SafeFileHandle? rules)
    {
        Check(posix_spawn_file_actions_addopen(actions, 0, "/dev/null", 0, 0), "posix_spawn_file_actions_addopen");
        Check(
            fcntl(1, GetDescriptorFlags, 0) >= 0
                ? posix_spawn_file_actions_adddup2(actions, 1, 1)
                : posix_spawn_file_actions_addopen(actions, 1, "/dev/null", WriteOnly, 0),
            "posix_spawn_file_actions_adddup2");
        Check(posix_spawn_file_actions_adddup2(actions, (int)errors.DangerousGetHandle(), 2), "posix_spawn_file_actions_adddup2");
        Check(posix_spawn_file_actions_adddup2(actions, (int)channel.DangerousGetHandle(), Channel), "posix_spawn_file_actions_adddup2");
        if (memory is not null)
        {
            Check(posix_spawn_file_actions_adddup2(actions, (int)memory.DangerousGetHandle(), Memory), "posix_spawn_file_actions_adddup2");
        }

        if (rules is not null)
        {
            Check(posix_spawn_file_actions_adddup2(actions, (int)rules.DangerousGetHandle(), RulesAfter(memory)), "posix_spawn_file_actions_adddup2");
        }

        Check(posix_spawn_file_actions_addclosefrom_np(actions, RulesAfter(memory) + (rules is null ? 0 : 1)), NewestFunction);
    }

    private static int RulesAfter(SafeFileHandle? memory) => memory is null ? Memory : Memory + 1;

    private static void SetSignals(byte[] attributes)
    {
        byte[] set = new byte[SignalSetSize];
        Check(posix_spawnattr_setsigmask(attributes, set), "posix_spawnattr_setsigmask");
        _ = sigfillset(set);
        Check(posix_spawnattr_setsigdefault(attributes, set), "posix_spawnattr_setsigdefault");
        Check(posix_spawnattr_setpgroup(attributes, 0), "posix_spawnattr_setpgroup");
        Check(posix_spawnattr_setflags(attributes, Flags), "posix_spawnattr_setflags");
    }

    // These functions return the error.
    private static void Check(int error, string function)
    {
        if (error != 0)
        {
            throw new IOException($"{function} failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error})");
        }
    }

    [LibraryImport(SystemLibrary.Name)]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport(SystemLibrary.Name)]
    private static partial nint signal(int number, nint handler);

    [LibraryImport(SystemLibrary.Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int execv(string path, nint arguments);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int sigfillset(Span<byte> set);

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(out int child, string path, Span<byte> actions, Span<byte> attributes, nint arguments, nint environment);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int posix_spawn_file_actions_init(Span<byte> actions);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int posix_spawn_file_actions_destroy(Span<byte> actions);

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(Span<byte> actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int posix_spawn_file_actions_adddup2(Span<byte> actions, int from, int to);

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(Span<byte> actions, string path);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int posix_spawn_file_actions_addclosefrom_np(Span<byte> actions, int from);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int posix_spawnattr_init(Span<byte> attributes);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int posix_spawnattr_destroy(Span<byte> attributes);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int posix_spawnattr_setflags(Span<byte> attributes, short flags);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int posix_spawnattr_setpgroup(Span<byte> attributes, int group);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int posix_spawnattr_setsigmask(Span<byte> attributes, Span<byte> set);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int posix_spawnattr_setsigdefault(Span<byte> attributes, Span<byte> set);

    /// <summary>Texts as C has them, and lists of them that end with NULL.</summary>
    private sealed class NativeTexts : IDisposable
    {
        private readonly List<nint> _blocks = [];

        public nint List(IEnumerable<string> texts)
        {
            nint[] pointers = [.. texts.Select(text => Keep(Marshal.StringToCoTaskMemUTF8(text))), 0];
            nint list = Keep(Marshal.AllocCoTaskMem(pointers.Length * nint.Size));
            Marshal.Copy(pointers, 0, list, pointers.Length);
            return list;
        }

        public void Dispose() => _blocks.ForEach(Marshal.FreeCoTaskMem);

        private nint Keep(nint block)
        {
            _blocks.Add(block);
            return block;
        }
    }
}
