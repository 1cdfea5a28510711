namespace NativePlugins.Build;

/// <summary><c>build</c>: the host, every plugin, their symbols and manifests, into <c>dist/</c>.</summary>
internal static class BuildVerb
{
    public static int Run(Workspace workspace)
    {
        using CompilerServer? compiler = CompilerServer.Start(workspace);
        Build(workspace);
        return ExitCode.Success;
    }

    /// <summary>Builds, and returns what compiles further projects in the same way.</summary>
    public static ManagedPublish Build(Workspace workspace)
    {
        var tools = Prerequisites.Find(workspace);
        Directory.CreateDirectory(workspace.Artifacts);
        var framework = AotFramework.Require(workspace, tools.SdkVersion);
        if (workspace.Target is null)
        {
            SignalHelper.Run(workspace);
        }

        var managed = new ManagedPublish(workspace, tools, framework);
        managed.Product();
        if (!File.Exists(workspace.Host))
        {
            throw new BuildException($"{workspace.Relative(workspace.Host)} is missing: host/NativePlugins.Cli did not leave an executable of that name.");
        }

        new NativeCompile(workspace, tools, "plugins-native", [.. Sample.All.Select(sample => sample.Plugins)], workspace.Dist).Run();
        NativeSdk.LayOut(workspace, Path.Combine(workspace.Dist, "sdk"), version: null);
        return managed;
    }
}
