namespace NativePlugins.Host;

/// <content>What the system allows this program to do.</content>
public static partial class PluginErrors
{
    /// <summary>NP1010: not in secure execution. Thrown as <see cref="PluginSecureExecutionException"/>.</summary>
    public static PluginError SecureExecution { get; } = new("NP1010", 77,
        "Not in secure execution",
        "The program runs with rights that the user who started it does not have: it is set-user-id or set-group-id, or has file capabilities. Then it runs, and writes, nothing that this user may choose or change.",
        "Start a copy of the program that has no such rights.");

    private static PluginError[] OfPlatform => [SecureExecution];
}
