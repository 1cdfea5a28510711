namespace NativePlugins.Host.Verification;

/// <summary>What is accepted in a plugin's files.</summary>
/// <param name="AllowUntrustedDirectories">Whether other users may be able to write to them.</param>
/// <param name="AllowExecutableStack">Whether they may make stacks executable.</param>
/// <param name="CheckManifest">Whether the manifest is read, and must agree with the library.</param>
/// <param name="AllowManaged">Whether a managed assembly passes. Never, where it could not be run.</param>
/// <param name="Verifier">Says of which bytes they must consist; null if nothing is known of them.</param>
internal sealed record VerificationOptions(
    bool AllowUntrustedDirectories, bool AllowExecutableStack, bool CheckManifest, bool AllowManaged = false, PluginVerifier? Verifier = null);
