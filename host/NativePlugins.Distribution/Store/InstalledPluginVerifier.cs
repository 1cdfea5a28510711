using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Packages;
using NativePlugins.Distribution.Store;
using NativePlugins.Distribution.Trust;
using NativePlugins.Host;

namespace NativePlugins.Distribution;

/// <summary>
/// Has hosts load exactly the bytes that were installed (<see cref="PluginHostOptions.Verifier"/>): those that the lock file of the directory of
/// plugins names, as far as the trust policies allow them. Immutable, and thread-safe.
/// </summary>
/// <remarks>
/// Lock file, policies and signature are read at each load. A plugin is held to the lock file in the nearest directory above the place where
/// it was found. Both versions that the lock file names may be loaded, the current one and the one before, because the link to the current
/// one is replaced a moment after the lock file. Whoever can change the lock file decides what is loaded, unless a trust policy elsewhere asks
/// for signatures: then the lock file must name what was signed.
/// </remarks>
public sealed class InstalledPluginVerifier : PluginVerifier
{
    // id/libid.so, or .store/versions/id/1.0.0/libid.so and its like.
    private const int MaxDepth = 64;

    /// <summary>
    /// Whether plugins that no lock file names are loaded as they are. Whoever can add a plugin to a directory that is searched, or take the
    /// lock file away, then loads what he likes. Default: false, and they are refused with <see cref="PluginNotInstalledException"/>.
    /// </summary>
    public bool AllowNotInstalled { get; init; }

    /// <summary>Trust policies: those of these files that there are must all allow a plugin. Default: <see cref="PluginTrustPolicy.DefaultFiles"/>.</summary>
    public IReadOnlyList<string> TrustFiles { get; init; } = PluginTrustPolicy.DefaultFiles;

    /// <inheritdoc/>
    /// <exception cref="PluginNotInstalledException">No lock file names the plugin, and that is not allowed.</exception>
    /// <exception cref="PluginStoreDiffersException">The place where it was found does not lead to a version that the lock file names.</exception>
    /// <exception cref="PluginLockFileException">The lock file cannot be used.</exception>
    /// <exception cref="PluginTrustPolicyException">A policy cannot be used.</exception>
    /// <exception cref="PluginException">A policy does not allow the plugin.</exception>
    public override IReadOnlyList<PluginFileDigest>? Find(string installedPath, string libraryPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(installedPath);
        ArgumentException.ThrowIfNullOrEmpty(libraryPath);
        if ((FindRoot(installedPath) ?? FindRoot(libraryPath)) is not { } root)
        {
            return NotNamed(installedPath, "no lock file in a directory above it");
        }

        var layout = new StoreLayout(root);
        LockFile locked = LockFile.ReadOrEmpty(layout.LockFile);
        (string Id, string Version)? place = PlaceOf(layout, libraryPath);
        if (FindNamed(layout, locked, installedPath, place?.Id) is not { } plugin)
        {
            return NotNamed(installedPath, $"the lock file {UntrustedText.Quote(layout.LockFile)}, which does not name it");
        }

        LockedVersion version = plugin.Versions.FirstOrDefault(version => place == (plugin.Id, version.Version))
            ?? throw StoreFailures.LeadsElsewhere(plugin, installedPath, libraryPath);
        new InstalledTrust(TrustCheck.Read(TrustFiles), layout).Require(plugin.Id, version);
        return [.. version.Files.Select(file => new PluginFileDigest(file.Path, file.Size, file.Sha256))];
    }

    private static string? FindRoot(string path)
    {
        string? directory = Path.GetDirectoryName(path);
        for (int depth = 0; directory is not null && depth < MaxDepth; depth++)
        {
            if (FileSystem.Current.GetStatus(new StoreLayout(directory).LockFile, followLinks: true, out FileStatus status).IsNone && status.IsRegular)
            {
                return directory;
            }

            directory = Path.GetDirectoryName(directory);
        }

        return null;
    }

    /// <summary>Of which version of which plugin's the directory of the library is; null if it is none of the store's.</summary>
    private static (string Id, string Version)? PlaceOf(StoreLayout layout, string libraryPath)
    {
        if (!FileSystem.Current.GetRealPath(layout.AllVersions, out string versions).IsNone)
        {
            return null;
        }

        return Path.GetRelativePath(versions, Path.GetDirectoryName(libraryPath)!).Split(Path.DirectorySeparatorChar) is [var id, var version] && id != ".."
            ? (id, version) : null;
    }

    /// <summary>The plugin by whose name a host has found the library; where it was not found by a name, the one whose version it is.</summary>
    private static LockedPlugin? FindNamed(StoreLayout layout, LockFile locked, string installedPath, string? placed) =>
        locked.Find(Path.GetRelativePath(layout.Root, installedPath).Split(Path.DirectorySeparatorChar)[0]) ?? (placed is null ? null : locked.Find(placed));

    private IReadOnlyList<PluginFileDigest>? NotNamed(string path, string found) =>
        AllowNotInstalled ? null : throw StoreFailures.NotVerified(path, found);
}
