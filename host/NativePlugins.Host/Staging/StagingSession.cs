using NativePlugins.Binary.Files;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Staging;

/// <summary>This process's part of the staging directory: one directory for each staged plugin. Thread-safe.</summary>
internal sealed class StagingSession : IDisposable
{
    private readonly ProcessDirectory _directory;
    private int _lastNumber;

    private StagingSession(ProcessDirectory directory) => _directory = directory;

    /// <summary>Sweeps what dead processes have left, and begins a session.</summary>
    /// <param name="parent">The configured directory, or null for the system's.</param>
    /// <param name="environment">Where the system's directory is asked for.</param>
    /// <exception cref="PluginException">It cannot be made or trusted, or does not allow code.</exception>
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

    /// <summary>A new directory of the session's, for one plugin.</summary>
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

    /// <summary>A library's name may be as long as a name can be, and nothing fits behind it then.</summary>
    private static string Shorten(string stem)
    {
        const int MaxLength = 60; // Up to 4 bytes each, of 255.
        int length = Math.Min(stem.Length, MaxLength);
        return stem[..(char.IsHighSurrogate(stem[length - 1]) ? length - 1 : length)];
    }

    /// <summary>Another user could have made the directory first, in a place where everybody may.</summary>
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
            // With file capabilities even a new directory is that of the user who has started the program.
            throw isSecure && !protection.IsWritableByOthers
                ? StagingFailures.NotPrivateInSecureExecution(root, $"a directory, {protection.Description}")
                : StagingFailures.NotPrivate(root, $"a directory, {protection.Description}");
        }
    }
}
