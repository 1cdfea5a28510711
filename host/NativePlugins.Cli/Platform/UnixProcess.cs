using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NativePlugins.Cli;

[UnsupportedOSPlatform("windows")]
internal sealed class UnixProcess(string ridName, int wouldBlock) : ProcessSystem
{
    public override string RidName => ridName;

    public override string TemporaryVariable => "TMPDIR";

    public override IReadOnlyList<string> Shell { get; } = ["/bin/sh", "-c"];

    public override string? NewSession => ridName == "linux" ? ((string[])["/usr/bin/setsid", "/bin/setsid"]).FirstOrDefault(File.Exists) : null;

    public override Stream OpenStandard(int descriptor) => new UnixDescriptorStream(descriptor, wouldBlock);

    public override Action<string, IReadOnlyList<string>> PrepareStartAnew()
    {
        var execute = Marshal.GetDelegateForFunctionPointer<ExecuteFunction>(
            NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "execv"));
        return (program, arguments) => Execute(execute, program, arguments);
    }

    public override string DescribeExit(int exitCode) => exitCode > 128
        ? $"the process was ended by signal {exitCode - 128}"
        : $"the process ended with status {exitCode}";

    public override void MakePrivateDirectory(string path) =>
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    public override void MakePrivate(FileStreamOptions options) => options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public override void LetBeLoaded(string library) => File.SetUnixFileMode(
        library, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

    /// <summary>
    /// execv(3): the same process, with the same id and streams. Its threads end, also one that is stuck in a library, and locks of files
    /// are released.
    /// </summary>
    private static void Execute(ExecuteFunction execute, string program, IReadOnlyList<string> arguments)
    {
        nint[] texts = [.. arguments.Prepend(program).Select(Marshal.StringToCoTaskMemUTF8), 0];
        GCHandle pinned = GCHandle.Alloc(texts, GCHandleType.Pinned);
        _ = execute(texts[0], pinned.AddrOfPinnedObject());
        int error = Marshal.GetLastSystemError();
        pinned.Free();
        Array.ForEach(texts, Marshal.FreeCoTaskMem);
        throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ExecuteFunction(nint path, nint arguments);
}
