using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Archives;
using NativePlugins.Distribution.Packages;
using NativePlugins.Distribution.Trust;
using NativePlugins.Host;

namespace NativePlugins.Distribution.Store;

/// <summary>Holds what is installed to the policies: by the statement and the signature that were installed with it.</summary>
internal sealed class InstalledTrust(TrustCheck trust, StoreLayout layout)
{
    /// <exception cref="PluginException">A policy does not allow it, or the statement is not one of these files, or cannot be read.</exception>
    public void Require(string id, LockedVersion version)
    {
        try
        {
            RequireAllowed(id, version);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreFailures.Unreadable(layout.Root, e);
        }
    }

    /// <summary>Every version that is not allowed, in the order of the lock file.</summary>
    public IEnumerable<PluginTrustViolation> Find(LockFile locked) =>
        from plugin in locked.Plugins
        from version in plugin.Versions
        let refusal = FindRefusal(plugin.Id, version)
        where refusal is not null
        select new PluginTrustViolation(plugin.Id, version.Version, refusal);

    private PluginException? FindRefusal(string id, LockedVersion version)
    {
        try
        {
            Require(id, version);
            return null;
        }
        catch (PluginException e)
        {
            return e;
        }
    }

    private void RequireAllowed(string id, LockedVersion version)
    {
        byte[]? signature = Read(id, version, PackageStatement.SignatureName, Signatures.MinisignText.MaxSize);
        byte[]? statement = signature is null ? null : Read(id, version, PackageStatement.FileName, PackageStatement.MaxSize);
        if (statement is not null)
        {
            RequireSame(PackageStatement.Parse(statement, new ArchiveFailures(layout.Version(id, version.Version))), id, version);
        }

        trust.Require(new TrustCandidate(id, version.Version, version.Source, statement ?? [], statement is null ? null : MinisignSignature.Parse(signature)));
    }

    /// <summary>Null if the lock file does not name it. That it is as the lock file says is for <see cref="StoreInventory"/> to find.</summary>
    private byte[]? Read(string id, LockedVersion version, string name, int most)
    {
        PluginPackageFile? stated = version.Files.FirstOrDefault(file => file.Path == name);
        return stated is null ? null
            : stated.Size <= most && File.ReadAllBytes(Path.Combine(layout.Version(id, version.Version), name)) is var content && PackageFiles.Digest(content) == stated.Sha256 ? content
            : throw StoreFailures.Differs(id, $"{name} as it was installed", "another one");
    }

    /// <summary>The lock file can be changed, and so can the files with it; what was signed cannot.</summary>
    private static void RequireSame(PackageStatement statement, string id, LockedVersion version)
    {
        string start = $"{PluginFolder.Root}{version.System}/";
        IEnumerable<PluginPackageFile> signed = statement.Files.Where(file => file.Path.StartsWith(start, StringComparison.Ordinal)).Select(file => file with { Path = file.Path[start.Length..] });
        IEnumerable<PluginPackageFile> installed = version.Files.Where(file => file.Path is not (PackageStatement.FileName or PackageStatement.SignatureName));
        if (statement.Id != id || statement.Version != version.Version || !signed.SequenceEqual(installed))
        {
            throw StoreFailures.Differs(id, $"the files of {id} {version.Version} that were signed", $"others, or those of {statement.Id} {UntrustedText.Escape(statement.Version)}");
        }
    }
}
