namespace NativePlugins.Build;

/// <summary><c>clean</c>: removes what the build made, the remembered framework included.</summary>
internal static class CleanVerb
{
    public static int Run(Workspace workspace)
    {
        Step.Run("remove dist/ and artifacts/", () =>
        {
            Remove(workspace.Dist);
            foreach (var part in Parts(workspace.Artifacts))
            {
                Remove(part);
            }
        });
        return ExitCode.Success;
    }

    // Windows does not delete the files of a running program, and this program runs from artifacts/bin/Build.
    private static IEnumerable<string> Parts(string artifacts) =>
        !OperatingSystem.IsWindows() ? [artifacts] :
        !Directory.Exists(artifacts) ? [] :
        Directory.EnumerateFileSystemEntries(artifacts)
            .SelectMany(entry => Path.GetFileName(entry) is "bin" or "obj" ? Directory.EnumerateFileSystemEntries(entry) : [entry])
            .Where(entry => Path.GetFileName(entry) != "Build");

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
