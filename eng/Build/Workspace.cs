namespace NativePlugins.Build;

/// <summary>The places of the repository that the build reads and writes.</summary>
/// <param name="target">What is built for; this machine if null.</param>
internal sealed class Workspace(string root, CrossTarget? target = null)
{
    public string Root { get; } = root;

    public CrossTarget? Target { get; } = target;

    public string Dist => Target is null ? Path.Combine(Root, "dist") : Path.Combine(Artifacts, "dist");

    public string Artifacts => Target is null ? Path.Combine(Root, "artifacts") : Path.Combine(Root, "artifacts", Target.Rid);

    /// <summary>The same repository, built for another processor.</summary>
    public Workspace For(CrossTarget other) => new(Root, other);

    /// <summary>Where a sample application goes, with its plugins in <c>plugins/</c>.</summary>
    public string FolderOf(Sample sample) => Path.Combine(Dist, "samples", sample.Name);

    public string Solution => Path.Combine(Root, "NativePlugins.sln");

    /// <summary>Where a step puts what it builds before complete files move to <see cref="Dist"/>.</summary>
    public string Stage(string step) => Path.Combine(Artifacts, "stage", step);

    public string Host => Path.Combine(Dist, Executable("host"));

    public static string Executable(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;

    public static string Library(string stem) =>
        OperatingSystem.IsWindows() ? stem + ".dll" :
        OperatingSystem.IsMacOS() ? "lib" + stem + ".dylib" :
        "lib" + stem + ".so";

    /// <summary>The path as a person would type it from the root.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>The matching files below <paramref name="folder"/>, build output aside, in a stable order.</summary>
    public IEnumerable<string> Files(string folder, string pattern)
    {
        var directory = Path.Combine(Root, folder);
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, pattern, SearchOption.AllDirectories)
                .Where(path => !IsBuildOutput(Path.GetRelativePath(directory, path)))
                .Order(StringComparer.Ordinal)
            : [];
    }

    public static Workspace Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "NativePlugins.sln")))
            {
                return new Workspace(directory.FullName);
            }
        }

        throw new BuildException($"NativePlugins.sln was not found above {AppContext.BaseDirectory}. Start the build with ./build.sh or ./build.ps1.");
    }

    private static bool IsBuildOutput(string relative) =>
        relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts");
}
