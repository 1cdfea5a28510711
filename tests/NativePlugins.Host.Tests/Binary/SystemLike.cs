using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Host.Tests.Binary;

/// <summary>This system, but its loader takes another format.</summary>
internal class SystemLike(BinaryFormat format) : HostSystem
{
    public override string LibraryPrefix => Current.LibraryPrefix;

    public override string LibraryExtension => Current.LibraryExtension;

    public override BinaryFormat LibraryFormat => format;

    public override FileError GetStatus(string path, bool followLinks, out FileStatus status) =>
        Current.GetStatus(path, followLinks, out status);

    public override FileError GetRealPath(string path, out string realPath) => Current.GetRealPath(path, out realPath);

    public override FileError OpenToRead(string path, out SafeFileHandle? handle, out FileStatus status) =>
        Current.OpenToRead(path, out handle, out status);

    public override FileProtection GetProtection(string path, in FileStatus status) => Current.GetProtection(path, status);

    public override Action<int> FindProcessEnd() => throw new NotSupportedException();

    public override bool IsLibraryLoaded(string name) => Current.IsLibraryLoaded(name);

    public override void CreatePrivateDirectory(string path) => Current.CreatePrivateDirectory(path);

    public override bool TryOpenLibrary(string path, out nint handle, out LoaderRefusal refusal) =>
        Current.TryOpenLibrary(path, out handle, out refusal);

    public override bool CloseLibrary(nint handle, string path) => Current.CloseLibrary(handle, path);
}
