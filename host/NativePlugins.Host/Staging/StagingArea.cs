using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Staging;

/// <summary>Makes private copies of plugins, for one host. Thread-safe.</summary>
/// <param name="parent">The configured directory, or null for the system's.</param>
/// <param name="copied">Called after the bytes of each file have been copied, for tests.</param>
/// <param name="environment">If null, that of this process.</param>
internal sealed class StagingArea(string? parent, Action<string>? copied = null, ProcessEnvironment? environment = null) : IDisposable
{
    private readonly Lock _lock = new();
    private StagingSession? _session;
    private int _needed;
    private bool _isDisposed;

    /// <summary>Copies a plugin's files, in their layout, and hashes the copies.</summary>
    /// <exception cref="PluginException">A file cannot be read or has changed meanwhile, or the copy cannot be made.</exception>
    /// <exception cref="ObjectDisposedException">The host is disposed, or was disposed meanwhile.</exception>
    public StagedPlugin Stage(ResolvedPlugin plugin, PluginManifest? manifest)
    {
        StagingSession session = Begin();
        try
        {
            return Stage(session.CreateDirectoryFor(plugin.Stem), plugin, manifest);
        }
        catch
        {
            End();
            throw;
        }
    }

    /// <summary>
    /// Removes the copies. A copy that is being made is not finished; one that is about to be mapped stays until it is mapped. The last of
    /// these to end removes them all.
    /// </summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            DisposeIfUnused();
        }
    }

    private StagedPlugin Stage(string directory, ResolvedPlugin plugin, PluginManifest? manifest)
    {
        try
        {
            var files = new List<StagedFile>();
            foreach (string name in PluginContent.FilesOf(plugin.Path, manifest))
            {
                string copy = Path.Combine(directory, name.Replace('/', Path.DirectorySeparatorChar));
                HostSystem.Current.CreatePrivateDirectory(Path.GetDirectoryName(copy)!);
                Copy(Path.Combine(plugin.Directory, name), copy);
                files.Add(new StagedFile(name, copy, Hash(copy)));
            }

            RequireNotDisposed();
            return new StagedPlugin(directory, files, End);
        }
        catch (Exception e)
        {
            ProcessDirectory.TryDelete(directory);
            if (e is IOException or UnauthorizedAccessException)
            {
                throw StagingFailures.From(directory, e);
            }

            throw;
        }
    }

    private StagingSession Begin()
    {
        lock (_lock)
        {
            ThrowIfDisposed();
            _session ??= StagingSession.Open(parent, environment ?? ProcessEnvironment.Current);
            _needed++;
            return _session;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _needed--;
            DisposeIfUnused();
        }
    }

    private void DisposeIfUnused()
    {
        if (_isDisposed && _needed == 0)
        {
            _session?.Dispose();
            _session = null;
        }
    }

    private void RequireNotDisposed()
    {
        lock (_lock)
        {
            ThrowIfDisposed();
        }
    }

    private void ThrowIfDisposed()
    {
        if (_isDisposed)
        {
            throw Disposed();
        }
    }

    /// <summary>Has the class name that the application knows.</summary>
    private static ObjectDisposedException Disposed() => new("PluginHost");

    private void Copy(string source, string copy)
    {
        FileError error = FileSystem.Current.OpenToRead(source, out SafeFileHandle? handle, out FileStatus before);
        using (handle)
        {
            if (!error.IsNone || handle is null)
            {
                throw StagingFailures.SourceUnreadable(source, error.IsNone ? before.DescribeKind() : error.Describe());
            }

            long length = Write(handle, copy, source);
            copied?.Invoke(source);
            RequireUnchanged(source, before, length);
        }

        HostSystem.Current.ProtectCopy(copy, before);
    }

    private static long Write(SafeFileHandle source, string copy, string sourcePath)
    {
        using SafeFileHandle target = File.OpenHandle(copy, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        byte[] buffer = new byte[1 << 17];
        long length = 0;
        int read;
        while ((read = Read(source, buffer, length, sourcePath)) > 0)
        {
            RandomAccess.Write(target, buffer.AsSpan(0, read), length);
            length += read;
        }

        return length;
    }

    private static int Read(SafeFileHandle source, byte[] buffer, long offset, string path)
    {
        try
        {
            return RandomAccess.Read(source, buffer, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StagingFailures.SourceUnreadable(path, UntrustedText.Escape(e.Message));
        }
    }

    private static void RequireUnchanged(string source, in FileStatus before, long length)
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

    private static string Hash(string path)
    {
        return Refusals.Read(() =>
        {
            using BinaryFile file = BinaryFile.Open(path, FileSystem.Current);
            return file.ComputeSha256();
        });
    }
}
