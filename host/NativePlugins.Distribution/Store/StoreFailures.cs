using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Packages;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution.Store;

/// <summary>Writes the refusals of a store.</summary>
internal static class StoreFailures
{
    public static PluginStoreWriteException Write(string root, Exception e)
    {
        FileError error = FileSystem.Current.ErrorOf(e);
        return new PluginStoreWriteException(new PluginFailure($"the plugins in {UntrustedText.Quote(root)} cannot be changed")
        {
            Expected = "a directory in which this user may write, with room",
            Found = error.Kind is FileErrorKind.NoSpace or FileErrorKind.ReadOnlyFileSystem or FileErrorKind.AccessDenied ? error.Describe() : UntrustedText.Escape(e.Message),
            Cause = e,
        });
    }

    public static PluginLockFileException NoLockFile(string path, IReadOnlyList<string> linked) =>
        new(new PluginFailure($"the lock file {UntrustedText.Quote(path)} is gone")
        {
            Expected = "the lock file of the plugins that are installed",
            Found = $"links to {string.Join(", ", linked.Take(20).Select(id => UntrustedText.Quote(id)))}, and no lock file",
            Advice = "Take the lock file from version control again; or, to install anew, remove the links.",
        });

    public static PluginNotInstalledException NotInstalled(string id, string expected, string found) =>
        new(new PluginFailure($"{UntrustedText.Quote(id)} is not installed") { Expected = expected, Found = found });

    public static PluginNotInstalledException NotVerified(string path, string found) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} is not installed from a package, and nothing else is to be loaded")
        {
            Expected = $"a plugin that the {PackageId.LockFileName} of its directory names",
            Found = found,
            Advice = "Install it from a package with `host install`; or load it without --verify, or with InstalledPluginVerifier.AllowNotInstalled.",
        });

    public static PluginStoreDiffersException LeadsElsewhere(LockedPlugin plugin, string installedPath, string libraryPath) =>
        new(new PluginFailure($"{UntrustedText.Quote(installedPath)} is not what the lock file names")
        {
            Expected = $"a library of {plugin.Id} {string.Join(" or ", plugin.Versions.Select(version => version.Version))}, in its directory in the store",
            Found = UntrustedText.Quote(libraryPath),
        });

    public static PluginStoreConflictException InTheWay(string path) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} stands where the plugin would be installed")
        {
            Expected = "nothing there, or a link that an installation made",
            Found = new FileInfo(path).LinkTarget is { } target ? $"a link to {UntrustedText.Quote(target)}" : "a file or a directory",
        });

    public static PluginStoreConflictException Alike(string id, string installed) =>
        new(new PluginFailure($"{UntrustedText.Quote(id)} would be taken for {UntrustedText.Quote(installed)}, which is installed")
        {
            Expected = "ids that differ in more than letters which look alike",
            Found = $"{id} and {installed}",
        });

    public static PackageIdentityException OtherPackage(string source, string expected, string found) =>
        new(new PluginFailure($"{UntrustedText.Quote(source)} gave another package than was asked for") { Expected = expected, Found = found });

    public static PackageSystemException OtherSystem(string id, string version, string system, string locked) =>
        new(new PluginFailure($"the lock file's {id} {version} is for another system")
        {
            Expected = $"files for {UntrustedText.Quote(system)}",
            Found = $"files for {UntrustedText.Quote(locked)}",
            Advice = "A lock file is for one system: use the one that was made on this system, or set PluginStoreOptions.System.",
        });

    public static PluginLockFileException OtherFiles(string path, string id, string version) =>
        new(new PluginFailure($"the lock file {UntrustedText.Quote(path)} cannot be used")
        {
            Expected = $"the files that are in the package of {id} {version}",
            Found = "the SHA-256 of that package, and other files",
        });

    public static PackageSourceException BrokenSource(string name, Exception e) =>
        new(new PluginFailure($"the source {UntrustedText.Quote(name)} cannot be read") { Expected = "packages that can be read", Found = UntrustedText.Escape(e.Message), Cause = e });

    public static PluginStoreDiffersException Unreadable(string root, Exception e) =>
        new(new PluginFailure($"what is installed in {UntrustedText.Quote(root)} cannot be compared with the lock file")
        {
            Expected = "folders that can be read",
            Found = UntrustedText.Escape(e.Message),
            Cause = e,
        });

    public static PackageNotFoundException NotFound(string id, string range, IReadOnlyList<string> sources, IReadOnlyList<string> versions) =>
        new(new PluginFailure($"no package of {UntrustedText.Quote(id)} fits")
        {
            Expected = $"{range} in {string.Join(", ", sources.Select(source => UntrustedText.Quote(source)))}",
            Found = versions.Count == 0 ? "no version" : string.Join(", ", versions.Take(20).Select(version => UntrustedText.Escape(version))),
        });

    public static PackageNotFoundException BadId(string id) =>
        new(new PluginFailure($"{UntrustedText.Quote(id)} is no plugin's id") { Expected = PackageId.IdForm, Found = UntrustedText.Quote(id) });

    public static PluginStoreDiffersException Differs(string id, string expected, string found) =>
        new(new PluginFailure($"what is installed of {UntrustedText.Quote(id)} is not what the lock file names") { Expected = expected, Found = found });
}
