using NativePlugins.Binary.Files;
using NativePlugins.Distribution.Packages;
using NativePlugins.Distribution.Trust;
using NativePlugins.Host;
using NativePlugins.Host.Manifests;

namespace NativePlugins.Distribution.Store;

/// <summary>Finds a package in the sources, and brings it into the store's staging folder. What was hashed there is what is unpacked.</summary>
internal sealed class PackageFetch(PluginStoreOptions options, StoreFiles files, TrustCheck trust, IReadOnlyList<PluginSource> sources)
{
    private const string StagedName = "package.nupkg";

    /// <summary>
    /// The greatest version that fits, and the first source that has it. One that is not released yet comes only where no released one fits,
    /// and where the range names one that is not released either.
    /// </summary>
    public async ValueTask<(PluginSource Source, string Version)> FindAsync(string id, PluginVersionRange range, CancellationToken cancellationToken)
    {
        var found = new List<(PluginSource Source, string Version)>();
        var all = new List<string>();
        foreach (PluginSource source in sources)
        {
            IReadOnlyList<string> versions = await ReadAsync(source, () => source.FindVersionsAsync(id, cancellationToken)).ConfigureAwait(false);
            all.AddRange(versions);
            found.AddRange(versions.Where(version => PackageId.IsValidVersion(version) && range.Contains(version)).Select(version => (source, version)));
        }

        bool mayBePreRelease = range.ToString().Contains('-', StringComparison.Ordinal);
        List<(PluginSource Source, string Version)> fitting = found.FindAll(candidate => !IsPreRelease(candidate.Version));
        fitting = fitting.Count == 0 && mayBePreRelease ? found : fitting;
        return fitting.Count == 0
            ? throw StoreFailures.NotFound(id, range.ToString(), [.. sources.Select(source => source.Name)], [.. all.Distinct(StringComparer.Ordinal)])
            : fitting.Aggregate((best, next) => SemanticVersion.Compare(next.Version, best.Version) > 0 ? next : best);
    }

    /// <summary>Copies a package into the folder, hashes it meanwhile, and unpacks what it has for the system into another folder.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="id">Which it must be.</param>
    /// <param name="version">Which it must be.</param>
    /// <param name="locked">Which bytes it must have, and for which system its files are unpacked; null for any, and for this system.</param>
    /// <param name="staging">An empty folder of the store.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What it is, and the folder with its files.</returns>
    public async ValueTask<(LockedVersion Version, string Directory)> StageAsync(
        PluginSource source, string id, string version, LockedVersion? locked, string staging, CancellationToken cancellationToken)
    {
        string copy = Path.Combine(staging, StagedName);
        string digest = await CopyAsync(source, id, version, copy, cancellationToken).ConfigureAwait(false);
        if (locked is not null && digest != locked.Package)
        {
            throw StoreFailures.OtherPackage(source.Name, $"{id} {version} with SHA-256 {locked.Package}, as the lock file names it", $"SHA-256 {digest}");
        }

        using PluginPackage package = PluginPackage.Open(copy, options.Limits);
        if (package.Id != id || package.Version != version)
        {
            throw StoreFailures.OtherPackage(source.Name, $"{id} {version}", $"{package.Id} {package.Version}");
        }

        trust.Require(new TrustCandidate(id, version, source.Name, package.Statement.ToArray(), package.Signature));
        string system = locked?.System ?? package.FindSystem(options.System);
        string directory = Path.Combine(staging, "files");
        files.CreateDirectory(directory);
        package.Extract(system, directory, path => { files.CreateDirectory(path); return null; }, files.Create);
        package.ExtractSignature(directory, files.Create);
        return (new LockedVersion(version, system, source.Name, digest, package.FilesOf(system)), directory);
    }

    private async ValueTask<string> CopyAsync(PluginSource source, string id, string version, string copy, CancellationToken cancellationToken)
    {
        Stream package = await ReadAsync(source, () => source.OpenAsync(id, version, cancellationToken)).ConfigureAwait(false);
        await using (package.ConfigureAwait(false))
        {
            Stream target = files.Create(copy);
            await using (target.ConfigureAwait(false))
            {
                var hash = new Sha256();
                byte[] buffer = new byte[1 << 17];
                long length = 0;
                int read;
                while ((read = await ReadAsync(source, () => package.ReadAsync(buffer, cancellationToken)).ConfigureAwait(false)) > 0)
                {
                    length += read;
                    if (length > options.Limits.MaxPackageSize)
                    {
                        throw new Archives.ArchiveFailures($"{source.Name}/{id}.{version}").TooLarge($"at most {options.Limits.MaxPackageSize:N0} bytes", "more");
                    }

                    hash.Append(buffer.AsSpan(0, read));
                    target.Write(buffer, 0, read);
                }

                return Convert.ToHexStringLower(hash.Finish());
            }
        }
    }

    /// <summary>What a source throws is about the source, and not about the directory that is changed.</summary>
    private static async ValueTask<T> ReadAsync<T>(PluginSource source, Func<ValueTask<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreFailures.BrokenSource(source.Name, e);
        }
    }

    private static bool IsPreRelease(string version) => version.Contains('-', StringComparison.Ordinal);
}
