namespace NativePlugins.Build;

/// <summary>The exit codes of the build program, from the same table as the host's (sysexits.h).</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Failed = 1;
    public const int Usage = 64;
    public const int PrerequisiteMissing = 69;
}
