namespace NativePlugins.Cli;

/// <summary>
/// The files that MSBuild puts together to one project, as its option <c>-preprocess</c> names them: a build cannot list them itself.
/// </summary>
internal static class BuildImports
{
    /// <summary>Evaluates the project.</summary>
    /// <param name="place">Where.</param>
    /// <param name="project">The project file.</param>
    /// <param name="settings">What MSBuild is told besides.</param>
    /// <param name="output">A file for its answer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Every file; none if the project cannot be evaluated, as its build says better.</returns>
    public static IReadOnlyList<string> Find(BuildPlace place, string project, string[] settings, string output, CancellationToken cancellationToken)
    {
        try
        {
            (int status, _) = BuildProcess.Run(place, "dotnet", ["msbuild", project, "-nologo", $"-preprocess:{output}", .. settings], cancellationToken);
            return status == 0 ? Parse(File.ReadLines(output)) : [];
        }
        catch (Exception e) when (e is CliException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A path stands alone on a line, and the next one is the lower edge of a frame around it.</summary>
    public static IReadOnlyList<string> Parse(IEnumerable<string> lines)
    {
        var found = new List<string>();
        string before = "";
        foreach (string line in lines)
        {
            if (line.Length > 100 && line.All(c => c == '=') && Path.IsPathRooted(before))
            {
                found.Add(before);
            }

            before = line;
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }
}
