using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Packages;
using NativePlugins.Distribution.Store;
using NativePlugins.Distribution.Trust;
using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Manifests;

namespace NativePlugins.Distribution;

/// <summary>
/// A directory of plugins that are installed from packages. A host that has it among its directories finds each by its id, and always a whole
/// version, the old one or the new one, whatever happens during a change. Thread-safe, and safe among processes.
/// </summary>
/// <remarks>
/// A change goes through a staging folder in the directory, and takes effect by renames. If a process is killed, the next change clears up behind
/// it. The version that was replaced stays beside the new one until the next change of that plugin. If the computer loses its power during a
/// change, the content of the files is safe, but the order in which names reach the disk is the file system's.
/// </remarks>
public sealed class PluginStore
{
    private readonly StoreLayout _layout;
    private readonly PluginStoreOptions _options;
    private readonly StoreFiles _files;
    private readonly StoreTurn _turn;

    /// <param name="directory">The directory. It is made by the first installation.</param>
    /// <param name="options">Default (null): those of a new <see cref="PluginStoreOptions"/>.</param>
    public PluginStore(string directory, PluginStoreOptions? options = null)
        : this(directory, options, StoreFiles.System)
    {
    }

    internal PluginStore(string directory, PluginStoreOptions? options, StoreFiles files)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        _layout = new StoreLayout(Path.GetFullPath(directory));
        _options = options ?? new PluginStoreOptions();
        _files = files;
        _turn = new StoreTurn(_layout, _options, files);
    }

    /// <summary>Absolute.</summary>
    public string Directory => _layout.Root;

    /// <summary>What the lock file says is installed, in the ordinal order of the ids. Changes nothing.</summary>
    /// <exception cref="PluginLockFileException">The lock file cannot be used.</exception>
    public IReadOnlyList<InstalledPlugin> List() => [.. ReadLock().Plugins.Select(Describe)];

    /// <summary>How the files of all installed plugins differ from the lock file; none if they do not. Reads them all, and changes nothing.</summary>
    /// <exception cref="PluginLockFileException">The lock file cannot be used.</exception>
    /// <exception cref="PluginStoreDiffersException">A folder of an installed plugin cannot be read.</exception>
    public IReadOnlyList<PluginDifference> Verify()
    {
        LockFile locked = ReadLock();
        try
        {
            return [.. StoreInventory.Compare(_layout, locked)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreFailures.Unreadable(_layout.Root, e);
        }
    }

    /// <summary>The installed versions that a trust policy refuses as it is now, the one before included; none if all are allowed. Changes nothing.</summary>
    /// <exception cref="PluginLockFileException">The lock file cannot be used.</exception>
    /// <exception cref="PluginTrustPolicyException">A policy cannot be used.</exception>
    public IReadOnlyList<PluginTrustViolation> VerifyTrust() => [.. new InstalledTrust(ReadTrust(), _layout).Find(ReadLock())];

    /// <summary>Installs the greatest version in a range, or changes to it: also to a lower one than is installed.</summary>
    /// <param name="id">The plugin.</param>
    /// <param name="range">Which versions. Default (null): any that is released.</param>
    /// <param name="sources">Where to look. Of the same version the first source's is taken.</param>
    /// <param name="cancellationToken">Ends the call, and leaves everything as it was.</param>
    /// <returns>What is installed now; the same as before if it was that version.</returns>
    /// <exception cref="PackageNotFoundException">No source has such a package, or the id is none.</exception>
    /// <exception cref="PluginException">The package is refused, or the directory cannot be changed. What was installed is as it was.</exception>
    public Task<InstalledPlugin> InstallAsync(
        string id, PluginVersionRange? range, IReadOnlyList<PluginSource> sources, CancellationToken cancellationToken) =>
        InstallAsync(id, range, sources, mustBeNewer: false, cancellationToken);

    /// <summary>Changes an installed plugin to the greatest version in a range, if that is greater than the one that is installed.</summary>
    /// <param name="id">The plugin.</param>
    /// <param name="range">Which versions. Default (null): any that is released.</param>
    /// <param name="sources">Where to look. Of the same version the first source's is taken.</param>
    /// <param name="cancellationToken">Ends the call, and leaves everything as it was.</param>
    /// <returns>What is installed now; the same as before if there is no greater version.</returns>
    /// <exception cref="PluginNotInstalledException">It is not installed.</exception>
    /// <exception cref="PackageNotFoundException">No source has such a package, or the id is none.</exception>
    /// <exception cref="PluginException">The package is refused, or the directory cannot be changed. What was installed is as it was.</exception>
    public Task<InstalledPlugin> UpdateAsync(
        string id, PluginVersionRange? range, IReadOnlyList<PluginSource> sources, CancellationToken cancellationToken) =>
        InstallAsync(id, range, sources, mustBeNewer: true, cancellationToken);

    /// <summary>What <see cref="InstallAsync(string, PluginVersionRange?, IReadOnlyList{PluginSource}, CancellationToken)"/> would install now. Changes nothing.</summary>
    /// <param name="id">The plugin.</param>
    /// <param name="range">Which versions. Default (null): any that is released.</param>
    /// <param name="sources">Where to look. Of the same version the first source's is named.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PackageNotFoundException">No source has such a package, or the id is none.</exception>
    /// <exception cref="PackageSourceException">A source cannot be read.</exception>
    /// <exception cref="PluginLockFileException">The lock file cannot be used.</exception>
    public async Task<PluginOffer> FindAsync(
        string id, PluginVersionRange? range, IReadOnlyList<PluginSource> sources, CancellationToken cancellationToken)
    {
        RequireId(id);
        string? installed = ReadLock().Find(id)?.Current.Version;
        (PluginSource source, string version) = await new PackageFetch(_options, _files, ReadTrust(), sources)
            .FindAsync(id, range ?? PluginVersionRange.Any, cancellationToken).ConfigureAwait(false);
        return new PluginOffer(id, version, source.Name, installed, installed is not null && SemanticVersion.Compare(version, installed) > 0);
    }

    /// <summary>Installs every version that the lock file names and that is not there, or not as it names it. The lock file stays as it is.</summary>
    /// <param name="sources">Where to look.</param>
    /// <param name="cancellationToken">Ends the call between two plugins, or during one, which then stays as it was.</param>
    /// <returns>The plugins that were installed anew.</returns>
    /// <exception cref="PackageIdentityException">A source has other bytes under that id and version than the lock file names.</exception>
    /// <exception cref="PackageSystemException">The lock file names files for another system.</exception>
    /// <exception cref="PluginException">A package is not there or refused, or the directory cannot be changed.</exception>
    public Task<IReadOnlyList<InstalledPlugin>> RestoreAsync(IReadOnlyList<PluginSource> sources, CancellationToken cancellationToken)
    {
        var fetch = new PackageFetch(_options, _files, ReadTrust(), sources);
        return _turn.ChangeAsync<IReadOnlyList<InstalledPlugin>>(
            async (writer, locked) =>
            {
                var restored = new List<InstalledPlugin>();
                foreach (LockedPlugin plugin in locked.Plugins)
                {
                    LockedVersion[] differing = [.. plugin.Versions.Where(version => !IsInPlace(plugin, version))];
                    foreach (LockedVersion version in differing)
                    {
                        writer.RequireLinkable(plugin.Id);
                        writer.Place(await StageLockedAsync(writer, fetch, plugin.Id, version, cancellationToken).ConfigureAwait(false), plugin.Id, version.Version);
                        writer.Commit(locked, locked, plugin.Id);
                    }

                    if (differing.Length != 0)
                    {
                        restored.Add(Describe(plugin));
                    }
                }

                return restored;
            },
            cancellationToken);
    }

    /// <summary>Goes back to the version before. Another call goes forward again.</summary>
    /// <param name="id">The plugin.</param>
    /// <param name="cancellationToken">Ends the call, and leaves everything as it was.</param>
    /// <exception cref="PluginNotInstalledException">It is not installed, or there is no version before.</exception>
    /// <exception cref="PluginStoreDiffersException">The files of the version before are not as they were installed.</exception>
    /// <exception cref="PluginException">The directory cannot be changed.</exception>
    public Task<InstalledPlugin> RollBackAsync(string id, CancellationToken cancellationToken)
    {
        RequireId(id);
        TrustCheck trust = ReadTrust();
        return _turn.ChangeAsync(
            (writer, locked) =>
            {
                LockedPlugin plugin = Require(locked, id);
                LockedVersion previous = plugin.Previous
                    ?? throw StoreFailures.NotInstalled(id, "an earlier version of it", $"{plugin.Current.Version} and none before it");
                if (StoreInventory.Compare(_layout, id, previous).FirstOrDefault() is { } difference)
                {
                    throw StoreFailures.Differs(id, $"version {previous.Version} as it was installed", $"{UntrustedText.Quote(difference.Path)}: {difference.Kind}");
                }

                new InstalledTrust(trust, _layout).Require(id, previous);
                LockedPlugin after = plugin with { Current = previous, Previous = plugin.Current };
                writer.Commit(locked, locked.With(id, after), id);
                return ValueTask.FromResult(Describe(after));
            },
            cancellationToken);
    }

    /// <summary>Removes a plugin with all its versions. A process that has loaded it keeps what it has mapped.</summary>
    /// <param name="id">The plugin.</param>
    /// <param name="cancellationToken">Ends the call, and leaves everything as it was.</param>
    /// <exception cref="PluginNotInstalledException">It is not installed.</exception>
    /// <exception cref="PluginException">The directory cannot be changed.</exception>
    public Task<InstalledPlugin> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        RequireId(id);
        return _turn.ChangeAsync(
            (writer, locked) =>
            {
                LockedPlugin plugin = Require(locked, id);
                writer.Commit(locked, locked.With(id, null), id);
                return ValueTask.FromResult(Describe(plugin));
            },
            cancellationToken);
    }

    private Task<InstalledPlugin> InstallAsync(
        string id, PluginVersionRange? range, IReadOnlyList<PluginSource> sources, bool mustBeNewer, CancellationToken cancellationToken)
    {
        RequireId(id);
        TrustCheck trust = ReadTrust();
        var fetch = new PackageFetch(_options, _files, trust, sources);
        return _turn.ChangeAsync(
            async (writer, locked) =>
            {
                LockedPlugin? before = mustBeNewer ? Require(locked, id) : locked.Find(id);
                (PluginSource source, string version) = await fetch.FindAsync(id, range ?? PluginVersionRange.Any, cancellationToken).ConfigureAwait(false);
                bool isThere = mustBeNewer
                    ? SemanticVersion.Compare(version, before!.Current.Version) <= 0
                    : before?.Current.Version == version && !StoreInventory.Compare(_layout, id, before.Current).Any();
                if (isThere)
                {
                    new InstalledTrust(trust, _layout).Require(id, before!.Current);
                    return Describe(before!);
                }

                if (locked.Plugins.FirstOrDefault(other => LookalikeIds.AreAlike(id, other.Id)) is { } alike)
                {
                    throw StoreFailures.Alike(id, alike.Id);
                }

                writer.RequireLinkable(id);
                return await PutAsync(writer, locked, fetch, source, id, version, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private async ValueTask<InstalledPlugin> PutAsync(
        StoreWriter writer, LockFile locked, PackageFetch fetch, PluginSource source, string id, string version, CancellationToken cancellationToken)
    {
        (LockedVersion found, string staged) = await fetch.StageAsync(source, id, version, null, writer.CreateStaging("package"), cancellationToken).ConfigureAwait(false);
        LockedPlugin? before = locked.Find(id);
        if (before?.Previous?.Version == version && !StoreInventory.Compare(_layout, id, before.Previous).Any() && before.Previous.Files.SequenceEqual(found.Files))
        {
            // It is there already, and may be in use.
            return Commit(writer, locked, new LockedPlugin(id, found, before.Current));
        }

        // The same version is put in order where it stands: there is no whole one that a reader could find meanwhile.
        LockedVersion? previous = before?.Current.Version == version ? before.Previous : before?.Current;
        writer.Place(staged, id, version);
        return Commit(writer, locked, new LockedPlugin(id, found, previous));
    }

    private InstalledPlugin Commit(StoreWriter writer, LockFile locked, LockedPlugin after)
    {
        writer.Commit(locked, locked.With(after.Id, after), after.Id);
        return Describe(after);
    }

    /// <summary>A staged directory with exactly the files that the lock file names, from the first source that has the version.</summary>
    private async ValueTask<string> StageLockedAsync(StoreWriter writer, PackageFetch fetch, string id, LockedVersion locked, CancellationToken cancellationToken)
    {
        if (!RuntimeIds.Fallbacks(_options.System).Contains(locked.System))
        {
            throw StoreFailures.OtherSystem(id, locked.Version, _options.System, locked.System);
        }

        PluginVersionRange range = PluginVersionRange.Parse($"= {locked.Version}");
        (PluginSource source, _) = await fetch.FindAsync(id, range, cancellationToken).ConfigureAwait(false);
        (LockedVersion found, string staged) = await fetch.StageAsync(source, id, locked.Version, locked, writer.CreateStaging("package"), cancellationToken).ConfigureAwait(false);
        return found.Files.SequenceEqual(locked.Files) ? staged : throw StoreFailures.OtherFiles(_layout.LockFile, id, locked.Version);
    }

    private bool IsInPlace(LockedPlugin plugin, LockedVersion version) =>
        (version != plugin.Current || _layout.LinkedVersion(plugin.Id) == version.Version) && !StoreInventory.Compare(_layout, plugin.Id, version).Any();

    private TrustCheck ReadTrust() => TrustCheck.Read(_options.TrustFiles);

    private LockFile ReadLock() => LockFile.ReadOrEmpty(_layout.LockFile);

    private static LockedPlugin Require(LockFile locked, string id) => locked.Find(id)
        ?? throw StoreFailures.NotInstalled(id, "an installed plugin", locked.Plugins.Count == 0 ? "no installed plugins" : string.Join(", ", locked.Plugins.Select(plugin => plugin.Id)));

    private static void RequireId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!PackageId.IsValidId(id))
        {
            throw StoreFailures.BadId(id);
        }
    }

    private InstalledPlugin Describe(LockedPlugin plugin) => new(
        plugin.Id, plugin.Current.Version, plugin.Previous?.Version, plugin.Current.System, plugin.Current.Source, plugin.Current.Package,
        _layout.Version(plugin.Id, plugin.Current.Version));
}
