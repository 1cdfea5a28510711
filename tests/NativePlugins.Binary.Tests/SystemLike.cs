using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Tests;

/// <summary>This system, as if its loader took another format.</summary>
internal class SystemLike(BinaryFormat format) : FileSystem
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
}
