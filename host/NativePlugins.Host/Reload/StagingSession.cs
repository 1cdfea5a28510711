namespace NativePlugins.Host;

/// <summary>
/// This process's part of the staging directory: one directory for each staged plugin, and a lock file that is held as
/// long as the process lives. Thread-safe.
/// </summary>
/// <remarks>
/// The system releases the lock of a process that ends, however it ends. So a session whose lock can be taken is what a
/// dead process has left, and is swept by the next one; also in another container, where process ids would say nothing.
/// </remarks>
internal sealed class StagingSession : IDisposable
{
    private const string LockExtension = ".lock";
    private const int MostAttempts = 10;

    private readonly FileStream _lock;
    private readonly string _directory;
    private int _lastNumber;

    private StagingSession(FileStream @lock, string directory)
    {
        _lock = @lock;
        _directory = directory;
    }

    /// <summary>Sweeps what dead processes have left, and begins a session.</summary>
    /// <param name="parent">The configured directory, or null for the system's.</param>
    /// <exception cref="PluginException">It cannot be made or trusted, or does not allow code.</exception>
    public static StagingSession Open(string? parent)
    {
        string root = Path.Combine(
            parent is null ? Path.GetTempPath() : Path.GetFullPath(parent, AppContext.BaseDirectory),
            $"native-plugins-{Environment.UserName}");
        try
        {
            HostSystem.Current.CreatePrivateDirectory(root);
            RequirePrivate(root);
            if (HostSystem.Current.FindNoExecMount(root) is string mountPoint)
            {
                throw StagingFailures.NoExec(root, mountPoint);
            }

            Sweep(root);
            return Create(root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StagingFailures.From(root, e);
        }
    }

    /// <summary>A new directory of the session's, for one plugin.</summary>
    /// <exception cref="PluginException">It cannot be made.</exception>
    public string CreateDirectoryFor(string stem)
    {
        string directory = Path.Combine(_directory, $"{stem}-{Interlocked.Increment(ref _lastNumber)}");
        try
        {
            HostSystem.Current.CreatePrivateDirectory(directory);
            return directory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StagingFailures.From(directory, e);
        }
    }

    public void Dispose()
    {
        bool isGone = TryDelete(_directory);
        _lock.Dispose();
        if (isGone)
        {
            TryDeleteFile(_lock.Name);
        }
    }

    /// <summary>Windows keeps a mapped library: then false, and the next process sweeps.</summary>
    public static bool TryDelete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Another user could have made the directory first, in a place where everybody may.</summary>
    private static void RequirePrivate(string root)
    {
        HostSystem system = HostSystem.Current;
        if (!system.GetStatus(root, followLinks: false, out FileStatus status).IsNone || status.Kind != FileKind.Directory)
        {
            throw StagingFailures.NotPrivate(root, status.DescribeKind());
        }

        FileProtection protection = system.GetProtection(root, status);
        if (protection.IsWritableByOthers || !protection.IsOwnerTrusted)
        {
            throw StagingFailures.NotPrivate(root, $"a directory, {protection.Description}");
        }
    }

    private static StagingSession Create(string root)
    {
        for (int attempt = 1; ; attempt++)
        {
            string name = Path.Combine(root, $"{Environment.ProcessId}-{Guid.NewGuid():N}");
            if (TryLock(name + LockExtension, attempt == MostAttempts) is not FileStream @lock)
            {
                continue;
            }

            try
            {
                HostSystem.Current.CreatePrivateDirectory(name);
                return new StagingSession(@lock, name);
            }
            catch
            {
                @lock.Dispose();
                TryDeleteFile(name + LockExtension);
                throw;
            }
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
            if (!TryDelete(Path.Combine(root, Path.GetFileNameWithoutExtension(lockFile))))
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
