namespace NativePlugins.EndToEnd.Tests;

/// <summary>A test of a user who may have no inotify instance, skipped where the system does not allow that to be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NoInotifyFactAttribute : FactAttribute
{
    private const string Script = "echo 0 > /proc/sys/user/max_inotify_instances && exec \"$0\" \"$@\"";

    private static readonly Lazy<string?> s_problem = new(Find);

    public NoInotifyFactAttribute() => Skip = s_problem.Value;

    /// <summary>What stands before a program and its arguments.</summary>
    public static string[] Command => ["unshare", "--map-root-user", "sh", "-c", Script];

    private static string? Find()
    {
        try
        {
            (int exitCode, _, string error) = Tool.Try(Command[0], [.. Command[1..], "true"]);
            return exitCode == 0 ? null : $"No user without inotify can be made here: {error.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"No user without inotify can be made here: {e.Message}";
        }
    }
}
