using NativePlugins.Binary.Text;
using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution.Archives;

/// <summary>Writes the refusals of one package.</summary>
/// <param name="path">Where the package is.</param>
internal sealed class ArchiveFailures(string path)
{
    public PluginException Malformed(InvariantText expected, InvariantText found) => new PackageMalformedException(
        new PluginFailure($"{UntrustedText.Quote(path)} is not a plugin package") { Expected = expected.ToText(), Found = found.ToText() });

    public PluginException BadEntry(InvariantText expected, InvariantText found) => new PackageEntryException(
        new PluginFailure($"the package {UntrustedText.Quote(path)} is refused for the sake of a name in it")
        {
            Expected = expected.ToText(),
            Found = found.ToText(),
        });

    public PluginException TooLarge(InvariantText expected, InvariantText found) => new PackageLimitException(
        new PluginFailure($"the package {UntrustedText.Quote(path)} is too large") { Expected = expected.ToText(), Found = found.ToText() });

    public PluginException Damaged(string name, InvariantText expected, InvariantText found) => new PackageDigestException(
        new PluginFailure($"{UntrustedText.Quote(name)} in the package {UntrustedText.Quote(path)} is not what was packed")
        {
            Expected = expected.ToText(),
            Found = found.ToText(),
        });

    public PluginException Inconsistent(InvariantText expected, InvariantText found) => new PackageContentException(
        new PluginFailure($"the plugin in {UntrustedText.Quote(path)} does not hold together") { Expected = expected.ToText(), Found = found.ToText() });
}
