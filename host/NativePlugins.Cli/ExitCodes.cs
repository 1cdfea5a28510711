namespace NativePlugins.Cli;

/// <summary>The exit statuses of <c>host</c> that stand in no catalogue entry.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>Examined, verdict negative; or a plugin's status that is not one of its own 0 to 63.</summary>
    public const int Negative = 1;

    public const int Usage = 64;

    public const int Interrupted = 130;

    /// <summary>Whoever read the output has gone: what a shell reports of a program that SIGPIPE ended (128 + 13).</summary>
    public const int ReaderGone = 141;

    public const int Terminated = 143;

    private const int LastOfPlugins = 63;

    /// <summary>Whether a plugin's status is passed on as it is.</summary>
    public static bool IsPluginsOwn(int status) => status is >= 0 and <= LastOfPlugins;

    public static int FromPlugin(int status) => IsPluginsOwn(status) ? status : Negative;
}
