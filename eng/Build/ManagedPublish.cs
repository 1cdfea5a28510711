namespace NativePlugins.Build;

/// <summary>Compiles the host and the C# plugins to native code and puts them, their symbols and manifests, into <c>dist/</c>.</summary>
internal sealed class ManagedPublish(Workspace workspace, Prerequisites tools, string aotFramework)
{
    private static readonly string[] s_sources = ["abi", "host", "plugins-native"];
    private static readonly string[] s_projectFiles = ["*.csproj", "*.props", "*.targets"];

    private readonly Fingerprint _fingerprint = new(workspace, "publish");
    private readonly Fingerprint _projects = new(workspace, "projects");

    public void Run()
    {
        var projects = Projects();
        var inputs = _fingerprint.Of(s_sources.SelectMany(folder => workspace.Files(folder, "*")).Concat(SharedFiles()), Context());
        if (projects.Count == 0)
        {
            return;
        }

        if (_fingerprint.IsCurrent(inputs))
        {
            Step.Note($"up to date: {Names(projects)}");
            return;
        }

        Step.Run($"compile to native code: {Names(projects)}", () => Publish(projects, inputs));
    }

    private void Publish(IReadOnlyList<string> projects, string inputs)
    {
        var structure = _projects.Of(s_sources.SelectMany(ProjectFiles).Concat(SharedFiles()), Context());
        if (!_projects.IsCurrent(structure))
        {
            ForgetNativeObjects(projects);
        }

        var stage = workspace.Stage("publish");
        if (Directory.Exists(stage))
        {
            Directory.Delete(stage, recursive: true);
        }

        Distribution.CreateDirectory(stage);
        Tool.Require(
            workspace, "Mend what the errors above name; the rest of this build did not run.",
            "dotnet", "publish", WriteSolution(projects), "--configuration", "Release", "-nologo", "-v:quiet", $"-p:PublishDir={stage}/");

        var before = _fingerprint.Outputs();
        _fingerprint.Forget();
        var published = new Distribution(workspace).Publish(Directory.GetFiles(stage).Where(BelongsToABinary), before);
        _projects.Save(structure, []);
        _fingerprint.Save(inputs, published);
    }

    // The symbols of the assemblies that were compiled in are of no use beside a native binary, which has its own.
    private static bool BelongsToABinary(string file) =>
        Path.GetExtension(file) != ".pdb"
        || File.Exists(Path.ChangeExtension(file, ".dll"))
        || File.Exists(Path.ChangeExtension(file, ".exe"));

    // The compiler and linker arguments are no inputs of NativeAOT's incremental steps, so what sets them makes them run again.
    private void ForgetNativeObjects(IEnumerable<string> projects)
    {
        foreach (var project in projects)
        {
            var objects = Path.Combine(workspace.Artifacts, "obj", Path.GetFileNameWithoutExtension(project));
            foreach (var native in Directory.Exists(objects) ? Directory.GetDirectories(objects, "native", SearchOption.AllDirectories) : [])
            {
                Directory.Delete(native, recursive: true);
            }
        }
    }

    // One publish of one solution: projects that several share are compiled once, the rest side by side.
    private string WriteSolution(IEnumerable<string> projects)
    {
        var path = Path.Combine(workspace.Artifacts, "Publish.slnx");
        var entries = projects.Select(project => $"  <Project Path=\"../{workspace.Relative(project)}\" />\n");
        File.WriteAllText(path, $"<Solution>\n{string.Concat(entries)}</Solution>\n");
        return path;
    }

    private List<string> Projects() =>
    [
        .. workspace.Files("host/NativePlugins.Cli", "*.csproj"),
        .. workspace.Files("plugins-native", "*.csproj").Where(project => !workspace.Relative(project).StartsWith("plugins-native/sdk/", StringComparison.Ordinal)),
    ];

    private IEnumerable<string> ProjectFiles(string folder) => s_projectFiles.SelectMany(pattern => workspace.Files(folder, pattern));

    private IEnumerable<string> SharedFiles() =>
        s_projectFiles.SelectMany(pattern => Directory.EnumerateFiles(workspace.Root, pattern))
            .Append(Path.Combine(workspace.Root, "global.json"))
            .Append(Path.Combine(workspace.Root, ".editorconfig"))
            .Order(StringComparer.Ordinal);

    private string Context() => $"{tools.SdkVersion} {aotFramework} CI={Environment.GetEnvironmentVariable("CI")}";

    private static string Names(IEnumerable<string> projects) => string.Join(", ", projects.Select(Path.GetFileNameWithoutExtension));
}
