using NativePlugins.Distribution.Store;

namespace NativePlugins.Distribution.Tests;

/// <summary>The process is dead: nothing that would run after this has any effect.</summary>
internal sealed class DeathException : Exception;

/// <summary>Does not wait for the disk: these tests end processes, and not the power.</summary>
internal class UnflushedFiles : StoreFiles
{
    public override Stream Create(string path) => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
}

/// <summary>A file system that fails at one change, or at all changes from it on.</summary>
/// <param name="at">The change, from 0.</param>
/// <param name="isLasting">Whether all later ones fail too.</param>
/// <param name="failure">What is thrown.</param>
internal sealed class FaultyFiles(int at, bool isLasting, Func<Exception> failure) : UnflushedFiles
{
    private int _count;

    /// <summary>Whether the change came at all.</summary>
    public bool HasFailed { get; private set; }

    public override void CreateDirectory(string path) => Do(() => base.CreateDirectory(path));

    public override Stream Create(string path)
    {
        Stream? stream = null;
        Do(() => stream = base.Create(path));
        return new FaultyStream(stream!, this);
    }

    public override void Rename(string from, string to) => Do(() => base.Rename(from, to));

    public override void CreateLink(string path, string target) => Do(() => base.CreateLink(path, target));

    public override void DeleteFile(string path) => Do(() => base.DeleteFile(path));

    /// <summary>It is not one step: it can end when a part is gone.</summary>
    public override void DeleteDirectory(string path)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        Do(() =>
        {
            if (Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault() is { } first)
            {
                File.Delete(first);
            }
        });
        Do(() => base.DeleteDirectory(path));
    }

    private void Do(Action change)
    {
        int number = _count++;
        if (number == at || (isLasting && number > at))
        {
            HasFailed = true;
            throw failure();
        }

        change();
    }

    private sealed class FaultyStream(Stream inner, FaultyFiles files) : MemoryStream
    {
        /// <summary>Half of it is written before the fault.</summary>
        public override void Write(byte[] buffer, int offset, int count)
        {
            files.Do(() => inner.Write(buffer, offset, count / 2));
            files.Do(() => inner.Write(buffer, offset + (count / 2), count - (count / 2)));
        }

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
