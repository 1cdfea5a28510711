using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Loading;

/// <summary>
/// The meaning of the error numbers of <c>LoadLibraryEx</c> for a library whose own file has passed its checks: mostly a library that it
/// needs is then at fault (winerror.h). A table only, so it runs on any system.
/// </summary>
internal static class WindowsLoadErrors
{
    /// <summary>The exception to throw; null for a number without an error of its own.</summary>
    public static PluginException? Explain(string path, LoaderRefusal refusal) => refusal.Number switch
    {
        // ERROR_MOD_NOT_FOUND
        126 => new PluginDependencyMissingException(Describe(path, refusal, "every library that it needs", advice: null)),

        // ERROR_SXS_CANT_GEN_ACTCTX, ERROR_SXS_ASSEMBLY_NOT_FOUND
        14001 or 14003 => new PluginDependencyMissingException(Describe(
            path, refusal, "every side-by-side assembly that the manifest inside it, or inside a library that it needs, names",
            "Install the redistributable package of the compiler that built it, mostly a Visual C++ runtime, or link that in statically. "
            + "The event log of the system, under Application, SideBySide, names the assembly.")),

        // ERROR_PROC_NOT_FOUND, ERROR_INVALID_ORDINAL
        127 or 182 => new PluginSymbolMissingException(Describe(path, refusal, "every function that it imports", advice: null)),

        // ERROR_BAD_EXE_FORMAT, ERROR_EXE_MACHINE_TYPE_MISMATCH
        193 or 216 => new PluginArchitectureException(Describe(
            path, refusal, "libraries for this process's machine, and whole ones",
            "One of the libraries that it needs was built for another processor, or is damaged: `host inspect` shows each.")),

        // ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        5 or 32 or 33 => new PluginFileAccessException(Describe(
            path, refusal, "it and every library that it needs can be read by this user", advice: null)),

        // ERROR_INVALID_IMAGE_HASH, ERROR_ACCESS_DISABLED_BY_POLICY, ERROR_SYSTEM_INTEGRITY_POLICY_VIOLATION
        577 or 1260 or 4551 => new PluginLoaderRefusedException(Describe(
            path, refusal, "libraries that the system's policy for code allows", "Sign it as the policy asks, or have the administrator allow it.")),

        // ERROR_DLL_INIT_FAILED
        1114 => new PluginLoaderRefusedException(Describe(
            path, refusal, "an initialisation that succeeds", "Its DllMain, or that of a library that it needs, refused: ask the plugin's author.")),
        _ => null,
    };

    private static PluginFailure Describe(string path, LoaderRefusal refusal, string expected, string? advice) =>
        new($"the system's loader refused {UntrustedText.Quote(path)}")
        {
            Expected = expected,
            Found = UntrustedText.Escape(refusal.Reason),
            Advice = advice,
        };
}
