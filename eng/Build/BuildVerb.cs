namespace NativePlugins.Build;

/// <summary><c>build</c>: the host, every plugin, their symbols and manifests, into <c>dist/</c>.</summary>
internal static class BuildVerb
{
    public static int Run(Workspace workspace)
    {
        var tools = Prerequisites.Find(workspace);
        Directory.CreateDirectory(workspace.Artifacts);
        var framework = AotFramework.Require(workspace, tools.SdkVersion);
        new ManagedPublish(workspace, tools, framework).Run();
        if (!File.Exists(workspace.Host))
        {
            throw new BuildException($"{workspace.Relative(workspace.Host)} is missing: host/NativePlugins.Cli did not leave an executable of that name.");
        }

        new NativeCompile(workspace, tools).Run();
        return ExitCode.Success;
    }
}
