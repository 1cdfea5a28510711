using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;

namespace NativePlugins.Host.Loading;

/// <summary>A library that a plugin brought, or that is loaded, with the file's status at that time. Not thread-safe.</summary>
/// <param name="path">Where it is, or was.</param>
/// <param name="status">The file's status at that time.</param>
/// <param name="hash">The file's SHA-256 if it is known; else it is computed when it is needed.</param>
internal sealed class BroughtLibrary(string path, FileStatus status, string? hash)
{
    private string? _hash = hash;

    public string Path => path;

    /// <summary>Whether both are the same file, or have the same bytes. Bytes that can no longer be read count as different.</summary>
    public bool HasBytesOf(BroughtLibrary other) => (status.IsSameFileAs(other.Status) && status.ModifiedNanoseconds == other.Status.ModifiedNanoseconds)
        || (status.Size == other.Status.Size && Hash() is { } own && own == other.Hash());

    private FileStatus Status => status;

    /// <summary>Null if the file is no longer the one that it was.</summary>
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
