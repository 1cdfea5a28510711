using System.Runtime.InteropServices;
using NativePlugins.Binary.Files;
using NativePlugins.Distribution.Files;

namespace NativePlugins.Distribution.Store;

/// <summary>
/// Every change that the store makes in the file system goes through here, so that tests can let each of them fail, or let the process die
/// before it.
/// </summary>
internal partial class StoreFiles
{
    public static StoreFiles System { get; } = new();

    /// <summary>Creates a directory, and the missing ones above it.</summary>
    public virtual void CreateDirectory(string path) => OwnedFiles.CreateDirectory(path);

    /// <summary>Creates a file that is not there yet. What is written is on the disk when the stream is disposed of.</summary>
    public virtual Stream Create(string path) => new FlushedStream(path);

    /// <summary>Gives a file, a link or a directory another name in one step. A file or a link of that name is replaced.</summary>
    public virtual void Rename(string from, string to)
    {
        // .NET's own moves look at what a link leads to, and do not replace one.
        if (rename(from, to) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }

    public virtual void CreateLink(string path, string target) => File.CreateSymbolicLink(path, target);

    /// <summary>Deletes a file, or a link and not what it leads to. It need not be there.</summary>
    public virtual void DeleteFile(string path) => File.Delete(path);

    /// <summary>Deletes a directory with its content. It need not be there. Links in it are not followed.</summary>
    public virtual void DeleteDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int rename(string from, string to);

    private sealed class FlushedStream(string path)
        : FileStream(path, OwnedFiles.NewFile)
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Flush(flushToDisk: true);
            }

            base.Dispose(disposing);
        }
    }
}
