using NativePlugins.Binary;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Archives;
using NativePlugins.Host;

namespace NativePlugins.Distribution.Packages;

/// <summary>Whether the library of a plugin would load on the system that it is for, and is what its manifest says. Runs none of it.</summary>
internal static class LibraryCheck
{
    // What another process or machine of the same system may well have. A host says it when it loads the plugin.
    private static readonly string[] s_ofThisProcess =
    [
        PluginErrors.Architecture.Code, PluginErrors.CLibrary.Code, PluginErrors.ProcessorLevel.Code, PluginErrors.DirectoryNotTrusted.Code,
        PluginErrors.MountNoExec.Code, PluginErrors.StaticTls.Code, PluginErrors.SecurityPolicy.Code, PluginErrors.AddressSpace.Code,
    ];

    /// <exception cref="PackageContentException">It would not load, or disagrees.</exception>
    public static void Require(string path, string rid, PluginManifest manifest, ArchiveFailures failures)
    {
        BinaryInspection library = PluginBinary.Inspect(path);
        string name = $"{rid}/{manifest.Library}";
        if (library.Verdict.Reasons.FirstOrDefault(reason => !s_ofThisProcess.Contains(reason.Code)) is { } reason)
        {
            throw failures.Inconsistent(reason.Expected ?? "a library that loads", $"{name}: {reason.Found ?? reason.Message} ({reason.Code})");
        }

        string? built = RuntimeIds.Of(library);
        if (built != rid && !(rid == "osx" && library.Format == BinaryFormat.MachO))
        {
            throw failures.Inconsistent($"a library for {rid}", $"{name}: one for {built ?? UntrustedText.Escape($"{library.System} {library.Architecture}")}");
        }

        bool hasRuntime = library.Exports.Any(symbol => symbol.Name == "DotNetRuntimeDebugHeader");
        if (hasRuntime && manifest.Runtime == PluginRuntime.None)
        {
            throw failures.Inconsistent($"{name} without a runtime, as its manifest says", "one that NativeAOT compiled");
        }
    }
}
