namespace NativePlugins.Build;

/// <summary><c>sample</c>: builds, then runs a sample application from beginning to end.</summary>
internal static class SampleVerb
{
    private const string Picture = "before-after.png";

    public static int Run(Workspace workspace, string name, bool acceptPicture)
    {
        if (name != "imagetool")
        {
            throw new BuildException($"There is no sample '{name}'; there is: imagetool.", ExitCode.Usage);
        }

        Build(workspace, BuildVerb.Build(workspace));
        var output = Path.Combine(workspace.Artifacts, "samples", name);
        var exitCode = Tool.Attach(workspace, Path.Combine(workspace.ImageTool, Workspace.Executable(name)), "demo", output);
        if (exitCode == ExitCode.Success && acceptPicture)
        {
            File.Copy(Path.Combine(output, Picture), Path.Combine(workspace.Root, "docs", "images", name + ".png"), overwrite: true);
        }

        return exitCode;
    }

    /// <summary>imagetool and its filters. The program is first: with it come the headers of its contracts.</summary>
    public static void Build(Workspace workspace, ManagedPublish managed)
    {
        managed.ImageTool();
        new NativeCompile(workspace, Prerequisites.Find(workspace), Workspace.Filters, except: null, Path.Combine(workspace.ImageTool, "plugins")).Run();
    }
}
