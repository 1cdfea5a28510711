namespace NativePlugins.Host.Platform;

/// <summary>
/// A directory that belongs to one process. A lock file beside it is held as long as the process lives. The program <c>host</c> is compiled
/// with this file too.
/// </summary>
/// <remarks>
/// The system releases the lock when the process ends, however it ends. So if the lock of a directory can be taken, a dead process has left
/// it, and the next process sweeps it. This works across containers too, where process ids would mean nothing.
/// </remarks>
internal sealed class ProcessDirectory : IDisposable
{
    private const string LockExtension = ".lock";
    private const int MostAttempts = 10;

    private readonly FileStream _lock;

    private ProcessDirectory(FileStream @lock, string path)
    {
        _lock = @lock;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Sweeps the directories in <paramref name="root"/> that dead processes have left, and makes a new one there.</summary>
    /// <param name="root">An existing directory to which no other user may write.</param>
    /// <param name="makePrivate">Makes a directory that only this user may use.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static ProcessDirectory Create(string root, Action<string> makePrivate)
    {
        Sweep(root);
        for (int attempt = 1; ; attempt++)
        {
            string path = System.IO.Path.Combine(root, $"{Environment.ProcessId}-{Guid.NewGuid():N}");
            if (TryLock(path + LockExtension, attempt == MostAttempts) is not FileStream @lock)
            {
                continue;
            }

            try
            {
                makePrivate(path);
                return new ProcessDirectory(@lock, path);
            }
            catch
            {
                @lock.Dispose();
                TryDeleteFile(path + LockExtension);
                throw;
            }
        }
    }

    /// <summary>False if something in the directory is in use, as a mapped library is on Windows.</summary>
    public static bool TryDelete(string directory)
    {
        // Another thread may be deleting a directory inside: either then finds an entry gone, or still there, when it does not expect that.
        for (int attempt = 1; Directory.Exists(directory); attempt++)
        {
            try
            {
                Directory.Delete(directory, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (attempt == MostAttempts)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Removes the directory. If that fails, the next process sweeps it.</summary>
    public void Dispose()
    {
        bool isGone = TryDelete(Path);
        _lock.Dispose();
        if (isGone)
        {
            TryDeleteFile(_lock.Name);
        }
    }

    /// <summary>
    /// Null if another process that sweeps has taken the new file for one that was left behind: on Unix a file exists for a moment before
    /// it is locked.
    /// </summary>
    private static FileStream? TryLock(string path, bool isLast)
    {
        try
        {
            var @lock = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            if (File.Exists(path))
            {
                return @lock;
            }

            @lock.Dispose();
            return null;
        }
        catch (IOException) when (!isLast)
        {
            return null;
        }
    }

    private static void Sweep(string root)
    {
        foreach (string lockFile in Directory.GetFiles(root, "*" + LockExtension))
        {
            try
            {
                Sweep(root, lockFile);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The process lives, or another one is sweeping.
            }
        }
    }

    private static void Sweep(string root, string lockFile)
    {
        using (new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0))
        {
            if (!TryDelete(System.IO.Path.Combine(root, System.IO.Path.GetFileNameWithoutExtension(lockFile))))
            {
                return;
            }

            // Before the lock is given back: a process that has just made the file checks afterwards that it still exists.
            TryDeleteFile(lockFile);
        }

        // Windows does not delete an open file.
        TryDeleteFile(lockFile);
    }

    private static void TryDeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next process sweeps it.
        }
    }
}
