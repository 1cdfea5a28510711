namespace NativePlugins.Host;

/// <summary>Words what is wrong with the code signature of a library for macOS.</summary>
internal static class CodeSignatureFailures
{
    public static PluginCodeSignatureException Missing(string path, in BinaryTarget target) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} is not signed.")
        {
            Expected = $"a code signature, as macOS asks for on {target.Architecture}; one ad hoc will do",
            Found = "none",
        });

    public static PluginCodeSignatureException Changed(string path, ulong offset) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} was changed after it was signed.")
        {
            Expected = "the bytes that were signed",
            Found = $"others in the page that begins at 0x{offset:X}",
        });

    public static PluginCodeSignatureException Malformed(string path, string field, InvariantText expected, InvariantText found) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} has a code signature that cannot be read: {field}.")
        {
            Expected = expected.ToText(),
            Found = found.ToText(),
        });

    /// <summary>What may be the reason when dyld refuses a library that has passed every check.</summary>
    /// <param name="reason">dyld's own words.</param>
    /// <param name="signature">Null: not signed.</param>
    public static PluginLoaderRefusedException Refused(string path, string reason, MachOSignature? signature) =>
        new(new PluginFailure($"the system's loader refused {UntrustedText.Quote(path)}")
        {
            Expected = "a library that passes the checks can be loaded",
            Found = $"{UntrustedText.Escape(reason)}\nthe library is {signature?.Describe() ?? "not signed"}",
            Advice = "If the application has the hardened runtime, macOS maps only libraries that Apple or the application's own team has signed "
                + "(library validation): sign the plugin with that team, or give the application the entitlement "
                + "com.apple.security.cs.disable-library-validation. Else see the loader's own words under 'found'.",
        });
}
