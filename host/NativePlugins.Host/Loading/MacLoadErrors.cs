using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.MachO;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Loading;

/// <summary>The possible reasons for which dyld refuses a library that has passed every check.</summary>
internal static class MacLoadErrors
{
    /// <summary>The exception to throw; null if the library can no longer be read.</summary>
    public static PluginException? Explain(string path, LoaderRefusal refusal)
    {
        try
        {
            using BinaryFile file = BinaryFile.Open(path, FileSystem.Current);
            MachOHeader header = MachOReader.ChooseLike(file, BinaryTarget.OfProcess(FileSystem.Current));
            return Describe(path, refusal.Reason, MachOSignature.Read(file, header));
        }
        catch (BinaryException)
        {
            // Then the loader's own refusal stands.
            return null;
        }
    }

    /// <param name="path">The library.</param>
    /// <param name="reason">dyld's own words.</param>
    /// <param name="signature">Null if the library is not signed.</param>
    internal static PluginLoaderRefusedException Describe(string path, string reason, MachOSignature? signature) =>
        new(new PluginFailure($"the system's loader refused {UntrustedText.Quote(path)}")
        {
            Expected = "a library that passes the checks can be loaded",
            Found = $"{UntrustedText.Escape(reason)}\nthe library is {signature?.Describe() ?? "not signed"}",
            Advice = "If the application has the hardened runtime, macOS maps only libraries that Apple or the application's own team has signed "
                + "(library validation): sign the plugin with that team, or give the application the entitlement "
                + "com.apple.security.cs.disable-library-validation. Else see the loader's own words under 'found'.",
        });
}
