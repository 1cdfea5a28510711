using System.Globalization;

namespace NativePlugins.Binary.Files;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    Other,
    Regular,
    Directory,
    SymbolicLink,
    Pipe,
    CharacterDevice,
    BlockDevice,
    Socket,
}

/// <summary>What the system says about a file, without opening it.</summary>
internal readonly record struct FileStatus
{
    public FileKind Kind { get; init; }

    /// <summary>The permission bits, 0 to 07777. Always 0 on Windows, which has an access list instead.</summary>
    public int Mode { get; init; }

    public uint OwnerId { get; init; }

    /// <summary>In bytes.</summary>
    public ulong Size { get; init; }

    public ulong Device { get; init; }

    /// <summary>0 if the file system has no such number.</summary>
    public ulong Inode { get; init; }

    /// <summary>Nanoseconds since 1970-01-01 UTC.</summary>
    public long ModifiedNanoseconds { get; init; }

    /// <summary>
    /// The time of the last change of contents, name or rights, in the same unit. The system writes it itself, and nobody can set it back.
    /// 0 if the file system keeps none.
    /// </summary>
    public long ChangedNanoseconds { get; init; }

    public bool IsRegular => Kind == FileKind.Regular;

    public bool IsSameFileAs(in FileStatus other) =>
        Inode != 0 && Inode == other.Inode && Device == other.Device;

    /// <summary>Tells apart files and versions of a file: it differs after any write, even one that keeps size and modification time.</summary>
    public string DescribeVersion() =>
        string.Create(CultureInfo.InvariantCulture, $"{Device} {Inode} {Size} {ModifiedNanoseconds} {ChangedNanoseconds}");

    /// <summary>For example <c>mode 1777, owner 0</c>.</summary>
    public string DescribeAccess() => $"mode {Convert.ToString(Mode, 8).PadLeft(4, '0')}, owner {OwnerId}";

    public string DescribeKind() => Kind switch
    {
        FileKind.Regular => "a regular file",
        FileKind.Directory => "a directory",
        FileKind.SymbolicLink => "a symbolic link",
        FileKind.Pipe => "a named pipe (FIFO)",
        FileKind.CharacterDevice => "a character device",
        FileKind.BlockDevice => "a block device",
        FileKind.Socket => "a socket",
        _ => "a special file",
    };

    /// <summary>Takes a POSIX <c>st_mode</c>, whose bits for the file type are the same on every system.</summary>
    public static FileKind KindFromMode(int mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Directory,
        0xA000 => FileKind.SymbolicLink,
        0x1000 => FileKind.Pipe,
        0x2000 => FileKind.CharacterDevice,
        0x6000 => FileKind.BlockDevice,
        0xC000 => FileKind.Socket,
        _ => FileKind.Other,
    };
}
