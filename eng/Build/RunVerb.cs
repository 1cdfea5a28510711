namespace NativePlugins.Build;

/// <summary><c>run</c>: builds, then hands over to <c>dist/host</c>: its output is the last, its exit code is returned.</summary>
internal static class RunVerb
{
    public static int Run(Workspace workspace, string[] arguments)
    {
        BuildVerb.Run(workspace);
        return Tool.Attach(workspace, workspace.Host, arguments.Length > 0 ? arguments : ["hello_world"]);
    }
}
