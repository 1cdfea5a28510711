namespace NativePlugins.Build;

/// <summary><c>conform</c>: compares what an inspection says about every library of the system with what the system's tools say.</summary>
internal static class ConformVerb
{
    private const string Project = "tests/conform/NativePlugins.Conform";

    public static int Run(Workspace workspace, string[] libraries)
    {
        foreach (var tool in (string[])["readelf", "ldd"])
        {
            if (!Tool.Exists(tool))
            {
                throw new BuildException(
                    $"conform compares with {tool}, which is not on the PATH. It runs on Linux: apt-get install binutils libc-bin", ExitCode.PrerequisiteMissing);
            }
        }

        Step.Run($"build {Project}", () => Tool.Require(
            workspace, "Mend what the errors above name.", "dotnet", "build", Project, "--configuration", "Release", "-nologo", "-v:quiet"));
        return Tool.Attach(workspace, "dotnet", ["run", "--project", Project, "--configuration", "Release", "--no-build", "--", .. libraries]);
    }
}
