using System.Runtime.InteropServices;

namespace NativePlugins.Build;

/// <summary>
/// Compiles C# projects to native code and puts the binaries, their symbols and manifests, into one folder:
/// the host and the plugins into <c>dist/</c>, the tests' own plugins and applications into <c>artifacts/fixtures/</c>, what the
/// benchmarks measure beside them into <c>artifacts/bench/bin/</c>.
/// </summary>
internal sealed class ManagedPublish(Workspace workspace, Prerequisites tools, string aotFramework)
{
    private static readonly string[] s_applications = ["embedder.csproj", "contract_checks.csproj", "hosting_app.csproj", "torture.csproj", "storm.csproj"];

    private static readonly string[] s_projectFiles = ["*.csproj", "*.props", "*.targets"];

    public void Product()
    {
        Run("publish", workspace.Dist, ["abi", "contracts", "host", "plugins-native"],
        [
            .. workspace.Files("host/NativePlugins.Cli", "*.csproj"),
            .. OperatingSystem.IsLinux() ? workspace.Files("host/NativePlugins.Worker", "*.csproj") : [],
            .. workspace.Files("plugins-native", "*.csproj").Where(IsProduct),
        ]);
        if (OperatingSystem.IsLinux())
        {
            // From where projects and packages take it.
            new Distribution(workspace, Path.Combine(workspace.Artifacts, "native", workspace.Target?.Rid ?? $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}"))
                .Publish([Path.Combine(workspace.Dist, "native-plugins-worker")], []);
        }
    }

    public void OfSample(Sample sample)
    {
        string[] own = [$"host/samples/{sample.Name}", $"host/samples/{sample.Contracts}", sample.Plugins];
        Run(sample.Name, workspace.FolderOf(sample), ["abi", "contracts", "host/NativePlugins.Binary", "host/NativePlugins.Host", "host/NativePlugins.Extensions.Hosting", "plugins-native/sdk", .. own],
            [.. workspace.Files($"host/samples/{sample.Name}", "*.csproj"), .. workspace.Files(sample.Plugins, "*.csproj")]);
    }

    public void Fixtures() =>
        Run("fixtures", Path.Combine(workspace.Artifacts, "fixtures"), ["abi", "contracts", "host/NativePlugins.Binary", "host/NativePlugins.Host", "host/NativePlugins.Extensions.Hosting", "plugins-native/sdk", "tests/contracts", "tests/fixtures", "tests/apps"],
            [.. workspace.Files("tests/fixtures", "*.csproj"), .. s_applications.SelectMany(project => workspace.Files("tests/apps", project))]);

    public void Benchmarks() =>
        Run("bench", BenchPeers.Folder(workspace), ["abi", "contracts", "host/NativePlugins.Binary", "host/NativePlugins.Host", "plugins-native/sdk", .. BenchPeers.NativeProjects.Select(project => Path.GetDirectoryName(project)!)],
            [.. BenchPeers.NativeProjects.Select(project => Path.Combine(workspace.Root, project))]);

    private void Run(string name, string target, string[] sources, IReadOnlyList<string> projects)
    {
        var fingerprint = new Fingerprint(workspace, name);
        var inputs = fingerprint.Of(sources.SelectMany(folder => workspace.Files(folder, "*")).Concat(SharedFiles()), Context());
        if (projects.Count == 0)
        {
            return;
        }

        if (fingerprint.IsCurrent(inputs))
        {
            Step.Note($"up to date: {Names(projects)}");
            return;
        }

        Step.Run($"compile to native code: {Names(projects)}", () =>
        {
            ForgetNativeObjectsOfOtherSettings(name, sources, projects);
            var before = fingerprint.Outputs();
            fingerprint.Save(inputs, Distribute(target, Compile(name, projects), before));
        });
    }

    // A sample's plugins go into plugins/ beside its program; all else goes into one folder.
    private IEnumerable<string> Distribute(string target, IEnumerable<string> staged, IReadOnlyList<string> before)
    {
        var isOfSample = Sample.All.Any(sample => target == workspace.FolderOf(sample));
        var ofPlugins = staged.ToLookup(file => isOfSample && IsOfPlugin(file));
        return
        [
            .. new Distribution(workspace, target).Publish(ofPlugins[false], before),
            .. ofPlugins[true].Any() ? new Distribution(workspace, Path.Combine(target, "plugins")).Publish(ofPlugins[true], before) : [],
        ];
    }

    private static bool IsOfPlugin(string file)
    {
        var stem = Path.GetFileName(file).Split('.')[0];
        return File.Exists(Path.Combine(Path.GetDirectoryName(file)!, stem + ".plugin.json"));
    }

    private bool IsProduct(string project) =>
        !workspace.Relative(project).StartsWith("plugins-native/sdk/", StringComparison.Ordinal)
        && !Sample.All.Any(sample => workspace.Relative(project).StartsWith(sample.Plugins + "/", StringComparison.Ordinal));

    // One publish of one solution: projects that several share are compiled once, the rest side by side. Without the last
    // property, what a project references and the solution does not list would be compiled as Debug.
    private IEnumerable<string> Compile(string name, IReadOnlyList<string> projects)
    {
        var stage = workspace.Stage(name);
        if (Directory.Exists(stage))
        {
            Directory.Delete(stage, recursive: true);
        }

        Distribution.CreateDirectory(stage);
        Tool.Require(
            workspace, "Mend what the errors above name; the rest of this build did not run.",
            "dotnet", ["publish", SolutionFile.Write(workspace, name, projects), "--configuration", "Release", "-nologo", "-v:quiet",
            $"-p:PublishDir={stage}/", "-p:ShouldUnsetParentConfigurationAndPlatform=false", .. workspace.Target?.Properties(workspace) ?? []]);
        return Directory.GetFiles(stage).Where(BelongsToABinary);
    }

    // The symbols of the assemblies that were compiled in are of no use beside a native binary, which has its own.
    private static bool BelongsToABinary(string file) =>
        Path.GetExtension(file) != ".pdb"
        || File.Exists(Path.ChangeExtension(file, ".dll"))
        || File.Exists(Path.ChangeExtension(file, ".exe"));

    // The compiler and linker arguments are no inputs of NativeAOT's incremental steps, so what sets them makes them run again.
    private void ForgetNativeObjectsOfOtherSettings(string name, string[] sources, IEnumerable<string> projects)
    {
        var settings = new Fingerprint(workspace, name + "-settings");
        var current = settings.Of(sources.SelectMany(ProjectFiles).Concat(SharedFiles()), Context());
        if (settings.IsCurrent(current))
        {
            return;
        }

        foreach (var project in projects)
        {
            var objects = Path.Combine(workspace.Artifacts, "obj", Path.GetFileNameWithoutExtension(project));
            foreach (var native in Directory.Exists(objects) ? Directory.GetDirectories(objects, "native", SearchOption.AllDirectories) : [])
            {
                Directory.Delete(native, recursive: true);
            }
        }

        settings.Save(current, []);
    }

    private IEnumerable<string> ProjectFiles(string folder) => s_projectFiles.SelectMany(pattern => workspace.Files(folder, pattern));

    private IEnumerable<string> SharedFiles() =>
        s_projectFiles.SelectMany(pattern => Directory.EnumerateFiles(workspace.Root, pattern))
            .Append(Path.Combine(workspace.Root, "global.json"))
            .Append(Path.Combine(workspace.Root, ".editorconfig"))
            .Order(StringComparer.Ordinal);

    private string Context() => $"{tools.SdkVersion} {aotFramework} CI={Environment.GetEnvironmentVariable("CI")}";

    private static string Names(IEnumerable<string> projects) => string.Join(", ", projects.Select(Path.GetFileNameWithoutExtension));
}
