using NativePlugins.Binary.Files;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Staging;

/// <summary>This process's part of the staging directory: one directory for each staged plugin. Thread-safe.</summary>
internal sealed class StagingSession : IDisposable
{
    private readonly ProcessDirectory _directory;
    private int _lastNumber;

    private StagingSession(ProcessDirectory directory) => _directory = directory;

    /// <summary>Sweeps the directories that dead processes have left, and begins a session.</summary>
    /// <param name="parent">The configured directory, or null for the system's.</param>
    /// <param name="environment">The environment that knows the system's directory.</param>
    /// <exception cref="PluginException">The directory cannot be made or trusted, or does not allow code.</exception>
    public static StagingSession Open(string? parent, ProcessEnvironment environment)
    {
        string root = Path.Combine(
            parent is null ? environment.TemporaryDirectory : Path.GetFullPath(parent, AppContext.BaseDirectory),
            $"native-plugins-{environment.UserName}");
        try
        {
            HostSystem.Current.CreatePrivateDirectory(root);
            RequirePrivate(root, environment.IsSecure);
            if (FileSystem.Current.FindNoExecMount(root) is string mountPoint)
            {
                throw StagingFailures.NoExec(root, mountPoint);
            }

            return new StagingSession(ProcessDirectory.Create(root, HostSystem.Current.CreatePrivateDirectory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StagingFailures.From(root, e);
        }
    }

    /// <summary>Makes a new directory in the session, for one plugin.</summary>
    /// <exception cref="PluginException">It cannot be made.</exception>
    public string CreateDirectoryFor(string stem)
    {
        string directory = Path.Combine(_directory.Path, $"{Shorten(stem)}-{Interlocked.Increment(ref _lastNumber)}");
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

    public void Dispose() => _directory.Dispose();

    /// <summary>Cuts a stem: a library's name may be as long as the system allows, and would leave no room for anything after it.</summary>
    private static string Shorten(string stem)
    {
        const int MaxLength = 60; // A name has at most 255 bytes, and a character up to 4.
        int length = Math.Min(stem.Length, MaxLength);
        return stem[..(char.IsHighSurrogate(stem[length - 1]) ? length - 1 : length)];
    }

    /// <summary>Where all users may make directories, another user could have made this one first.</summary>
    private static void RequirePrivate(string root, bool isSecure)
    {
        FileSystem system = FileSystem.Current;
        if (!system.GetStatus(root, followLinks: false, out FileStatus status).IsNone || status.Kind != FileKind.Directory)
        {
            throw StagingFailures.NotPrivate(root, status.DescribeKind());
        }

        FileProtection protection = system.GetProtection(root, status);
        if (protection.IsWritableByOthers || !protection.IsOwnerTrusted)
        {
            // With file capabilities even a new directory belongs to the user who has started the program.
            throw isSecure && !protection.IsWritableByOthers
                ? StagingFailures.NotPrivateInSecureExecution(root, $"a directory, {protection.Description}")
                : StagingFailures.NotPrivate(root, $"a directory, {protection.Description}");
        }
    }
}
