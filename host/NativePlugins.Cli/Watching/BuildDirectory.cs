using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>
/// Where a project is built to: a directory of this process's, beside a lock file that is held as long as the process lives. What
/// processes that were killed have left is removed first.
/// </summary>
/// <remarks>
/// Below the user's own data, not among everybody's temporary files: nobody else can have put there what is removed.
/// </remarks>
internal sealed class BuildDirectory : IDisposable
{
    private const string LockExtension = ".lock";
    private const int MostAttempts = 10;

    private readonly FileStream _lock;

    private BuildDirectory(FileStream @lock, string path)
    {
        _lock = @lock;
        Path = path;
    }

    public string Path { get; }

    /// <param name="root">For tests; null for the place of this user.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static BuildDirectory Create(string? root = null)
    {
        root ??= System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "native-plugins-watch");
        ProcessSystem.Current.MakePrivateDirectory(root);
        Sweep(root);
        for (int attempt = 1; ; attempt++)
        {
            string path = System.IO.Path.Combine(root, $"{Environment.ProcessId}-{Guid.NewGuid():N}");
            if (TryLock(path + LockExtension, attempt == MostAttempts) is FileStream @lock)
            {
                ProcessSystem.Current.MakePrivateDirectory(path);
                return new BuildDirectory(@lock, path);
            }
        }
    }

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
    /// Null where another process has taken the new file for one that was left behind: on Unix there is a moment between the file
    /// and its lock.
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

            // Before the lock is given back: who has just made the file looks for it afterwards. Windows deletes no open file.
            TryDeleteFile(lockFile);
        }

        TryDeleteFile(lockFile);
    }

    private static bool TryDelete(string directory)
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
