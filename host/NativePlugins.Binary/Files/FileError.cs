using System.Runtime.InteropServices;

namespace NativePlugins.Binary.Files;

internal enum FileErrorKind
{
    None,
    NotFound,
    AccessDenied,
    InUse,
    LinkLoop,
    NameTooLong,
    NotUnicode,
    ReadOnlyFileSystem,
    NoSpace,
    Other,
}

/// <summary>Why the system refused an operation on a file: a kind to decide by, and the system's own number.</summary>
internal readonly record struct FileError(FileErrorKind Kind, int Number)
{
    public static FileError None => default;

    public bool IsNone => Kind == FileErrorKind.None;

    public string Describe() => Kind switch
    {
        FileErrorKind.None => "no error",
        FileErrorKind.NotFound => "no such file",
        FileErrorKind.AccessDenied => "permission denied",
        FileErrorKind.InUse => "another process holds it open and shares it with nobody",
        FileErrorKind.LinkLoop => "a loop of symbolic links",
        FileErrorKind.NameTooLong => "the path is too long for the system",
        FileErrorKind.NotUnicode => "a name that is not UTF-8; what is not is shown as \uFFFD",
        FileErrorKind.ReadOnlyFileSystem => "the file system is mounted read-only",
        FileErrorKind.NoSpace => "no room left",
        _ => Marshal.GetPInvokeErrorMessage(Number),
    };
}
