namespace NativePlugins.EndToEnd.Tests;

/// <summary>A test that mounts in a namespace of its own, skipped where the system does not allow that.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrivateMountFactAttribute : FactAttribute
{
    private static readonly Lazy<(string[] Arguments, string? Problem)> s_unshare = new(Find);

    public PrivateMountFactAttribute() => Skip = Problem;

    /// <summary>Why none can be made here; null if one can.</summary>
    public static string? Problem => s_unshare.Value.Problem;

    /// <summary>What unshare needs to be given: nothing more for root, a user namespace for others.</summary>
    public static string[] Unshare => s_unshare.Value.Arguments;

    private static (string[] Arguments, string? Problem) Find()
    {
        string error = "";
        foreach (string[] arguments in new string[][] { ["--mount"], ["--map-root-user", "--mount"] })
        {
            try
            {
                (int exitCode, _, error) = Tool.Try("unshare", [.. arguments, "sh", "-c", "mount -t tmpfs -o noexec none /mnt"]);
                if (exitCode == 0)
                {
                    return (arguments, null);
                }
            }
            catch (System.ComponentModel.Win32Exception e)
            {
                error = e.Message;
            }
        }

        return ([], $"No private mount can be made here: {error.Trim()}");
    }
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrivateMountTheoryAttribute : TheoryAttribute
{
    public PrivateMountTheoryAttribute() => Skip = PrivateMountFactAttribute.Problem;
}
