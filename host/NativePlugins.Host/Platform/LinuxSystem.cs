using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Host.Loading;

namespace NativePlugins.Host.Platform;

[UnsupportedOSPlatform("windows")]
internal sealed partial class LinuxSystem : UnixSystem
{
    private const int StackDisabled = 2;          // SS_DISABLE
    private const nuint MinSignalStackSize = 51;  // AT_MINSIGSTKSZ

    // The need of an x64 processor with AVX-512, for a kernel that does not tell it.
    private const int UnknownFrameSize = 3632;

    protected override int LocalSymbols => 0;

    protected override int OnlyIfMapped => 4;

    // The number of glibc; musl has the same.
    protected override int ThreadKeysMax => 74;

    protected override int BusErrorSignal => 7;

    protected override int HomeOffset => (3 * nint.Size) + (2 * sizeof(uint));

    public override bool HasAlternateSignalStack => true;

    public override WorkerSystem Workers { get; } = new LinuxWorkerSystem();

    /// <remarks>
    /// Read on a thread of its own: CoreCLR gives each thread the same stack, but other code may have made the calling thread. The kernel
    /// tells how much it saves since 5.14, on x64 and arm64: getauxval(3), AT_MINSIGSTKSZ.
    /// </remarks>
    public override SignalStack ReadSignalStack()
    {
        SignalStack stack = default;
        var thread = new Thread(() =>
        {
            bool isKnown = sigaltstack(0, out StackDescription now) == 0 && (now.Flags & StackDisabled) == 0;
            int frame = (int)getauxval(MinSignalStackSize);
            stack = new(isKnown ? (int)now.Size : 0, frame != 0 ? frame : UnknownFrameSize);
        });
        thread.UnsafeStart();
        thread.Join();
        return stack;
    }

    public override IReadOnlyDictionary<string, MappedUsage>? ReadMappedFiles()
    {
        try
        {
            return MappedFiles.Read(File.ReadLines("/proc/self/smaps"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public override int? CountThreads()
    {
        try
        {
            return Directory.GetDirectories("/proc/self/task").Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport(SystemLibrary.Name)]
    private static partial nuint getauxval(nuint type);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int sigaltstack(nint stack, out StackDescription old);

    /// <summary><c>stack_t</c>: sigaltstack(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct StackDescription
    {
        public nint Start;
        public int Flags;
        public nint Size;
    }
}
