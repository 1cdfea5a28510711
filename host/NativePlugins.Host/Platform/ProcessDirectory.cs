namespace NativePlugins.Host.Platform;

/// <summary>
/// A directory of one process's, beside a lock file that is held as long as the process lives. The program <c>host</c> is
/// compiled with this file too.
/// </summary>
/// <remarks>
/// The system releases the lock of a process that ends, however it ends. So a directory whose lock can be taken is what a
/// dead process has left, and is swept by the next one; also in another container, where process ids would say nothing.
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

    /// <summary>Sweeps what dead processes have left in <paramref name="root"/>, and makes a directory there.</summary>
    /// <param name="root">An existing directory that nobody else may write to.</param>
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

    /// <summary>False where something in it is in use, as a mapped library is on Windows.</summary>
    public static bool TryDelete(string directory)
    {
        // Another thread may be deleting a directory in it: each then finds something gone, or still there, that it did not expect.
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

    /// <summary>Removes it; what cannot be removed is swept by the next process.</summary>
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
    /// Null where another process that sweeps has taken the new file for one that was left behind: on Unix there is a moment
    /// between the file and its lock.
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
                // Its process lives, or another one is sweeping.
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

            // Before the lock is given back: who has just made the file looks for it afterwards.
            TryDeleteFile(lockFile);
        }

        // Windows deletes no file that is open.
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
            // Swept by the next process.
        }
    }
}
