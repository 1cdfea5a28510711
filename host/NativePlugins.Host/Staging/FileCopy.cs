using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Staging;

/// <summary>Copies one file of a plugin, and hashes what it writes: each byte is read once from where it is installed.</summary>
/// <param name="source">The file, absolute.</param>
/// <param name="copy">A file that is not there yet, in a directory of this user alone.</param>
/// <param name="copied">Called with the source after its bytes have been copied, for tests.</param>
internal sealed class FileCopy(string source, string copy, Action<string>? copied)
{
    private const int BufferSize = 1 << 17;

    /// <summary>Copies a file of unknown bytes, which must not change meanwhile.</summary>
    /// <returns>The SHA-256 of the copy, in lower-case hexadecimal.</returns>
    /// <exception cref="PluginException">It cannot be read, or has changed.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The copy may not be written.</exception>
    public string Make()
    {
        using SafeFileHandle handle = Open(out FileStatus before, out string problem) ?? throw StagingFailures.SourceUnreadable(source, problem);
        string hash = Write(handle, long.MaxValue, out long length);
        copied?.Invoke(source);
        RequireUnchanged(before, length);
        HostSystem.Current.ProtectCopy(copy, before);
        return hash;
    }

    /// <summary>Copies a file whose bytes are known. What happens to it meanwhile makes no difference, as long as these are the bytes.</summary>
    /// <param name="known">Null if there should be no such file.</param>
    /// <exception cref="PluginFileDiffersException">It is another one, or there is none.</exception>
    /// <inheritdoc cref="Make()"/>
    public string Make(PluginFileDigest? known)
    {
        if (known is null)
        {
            throw StagingFailures.Differs(source, null, "a file of that name, or a manifest that lists one");
        }

        using SafeFileHandle handle = Open(out FileStatus before, out string problem) ?? throw StagingFailures.Differs(source, known, problem);
        string hash = Write(handle, known.Size, out long length);
        copied?.Invoke(source);
        if (length != known.Size)
        {
            throw StagingFailures.Differs(source, known, length > known.Size ? "more bytes" : InvariantText.Of($"{length:N0} bytes"));
        }

        if (hash != known.Sha256)
        {
            throw StagingFailures.Differs(source, known, InvariantText.Of($"{length:N0} bytes with the SHA-256 {hash}"));
        }

        HostSystem.Current.ProtectCopy(copy, before);
        return hash;
    }

    private SafeFileHandle? Open(out FileStatus status, out string problem)
    {
        FileError error = FileSystem.Current.OpenToRead(source, out SafeFileHandle? handle, out status);
        problem = error.IsNone ? status.DescribeKind() : error.Describe();
        return error.IsNone ? handle : null;
    }

    /// <summary>Ends as soon as there are more bytes than <paramref name="most"/>.</summary>
    private string Write(SafeFileHandle handle, long most, out long length)
    {
        using SafeFileHandle target = File.OpenHandle(copy, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var hash = new Sha256();
        byte[] buffer = new byte[BufferSize];
        length = 0;
        int read;
        while (length <= most && (read = Read(handle, buffer, length)) > 0)
        {
            hash.Append(buffer.AsSpan(0, read));
            RandomAccess.Write(target, buffer.AsSpan(0, read), length);
            length += read;
        }

        return Convert.ToHexStringLower(hash.Finish());
    }

    private int Read(SafeFileHandle handle, byte[] buffer, long offset)
    {
        try
        {
            return RandomAccess.Read(handle, buffer, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StagingFailures.SourceUnreadable(source, UntrustedText.Escape(e.Message));
        }
    }

    private void RequireUnchanged(in FileStatus before, long length)
    {
        FileError error = FileSystem.Current.GetStatus(source, followLinks: true, out FileStatus after);
        string? change = !error.IsNone ? error.Describe()
            : before.Inode != after.Inode || before.Device != after.Device ? "another file in its place"
            : before.Size != after.Size || (ulong)length != before.Size ? InvariantText.Of($"{after.Size:N0} bytes, after {before.Size:N0}")
            : before.DescribeVersion() != after.DescribeVersion() ? "it was written to"
            : null;
        if (change is not null)
        {
            throw StagingFailures.Changed(source, change);
        }
    }
}
