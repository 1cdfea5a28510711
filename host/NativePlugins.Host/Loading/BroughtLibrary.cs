using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;

namespace NativePlugins.Host.Loading;

/// <summary>A library that a plugin brought, or that is loaded: the file as it was then. Not thread-safe.</summary>
/// <param name="path">Where it lies, or lay.</param>
/// <param name="status">What it was.</param>
/// <param name="hash">Its SHA-256, where that is known; else it is computed when it is asked for.</param>
internal sealed class BroughtLibrary(string path, FileStatus status, string? hash)
{
    private string? _hash = hash;

    public string Path => path;

    /// <summary>Whether both are the same file, or have the same bytes. What cannot be read any more has not.</summary>
    public bool HasBytesOf(BroughtLibrary other) => (status.IsSameFileAs(other.Status) && status.ModifiedNanoseconds == other.Status.ModifiedNanoseconds)
        || (status.Size == other.Status.Size && Hash() is { } own && own == other.Hash());

    private FileStatus Status => status;

    /// <summary>Null if it is not the file any more that it was.</summary>
    private string? Hash()
    {
        if (_hash is not null)
        {
            return _hash;
        }

        try
        {
            using BinaryFile file = BinaryFile.Open(path, FileSystem.Current);
            bool isThatOne = file.Size == status.Size && file.Status.ModifiedNanoseconds == status.ModifiedNanoseconds && file.Status.Inode == status.Inode;
            return _hash = isThatOne ? file.ComputeSha256() : null;
        }
        catch (BinaryException)
        {
            return null;
        }
    }
}
