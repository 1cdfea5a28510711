namespace NativePlugins.Build;

/// <summary>A solution of some projects, so that one build compiles them side by side and what they share once.</summary>
internal static class SolutionFile
{
    public static string Write(Workspace workspace, string name, IEnumerable<string> projects)
    {
        var path = Path.Combine(workspace.Artifacts, name + ".slnx");
        var entries = projects.Select(project => $"  <Project Path=\"{Path.GetRelativePath(workspace.Artifacts, project).Replace('\\', '/')}\" />\n");
        File.WriteAllText(path, $"<Solution>\n{string.Concat(entries)}</Solution>\n");
        return path;
    }
}
