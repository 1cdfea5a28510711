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

    public static PluginNotInstalledException NotInstalled(string id, string expected, string found) =>
        new(new PluginFailure($"{UntrustedText.Quote(id)} is not installed") { Expected = expected, Found = found });

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
