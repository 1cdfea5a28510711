using NativePlugins.Tests;

namespace NativePlugins.Build;

/// <summary>
/// What the tests for Windows need, below <c>artifacts/windows</c>: the host and the tests, self-contained for win-x64 under
/// the JIT; the host, plugins and applications in C#, compiled by NativeAOT; and plugins in C and C++ by mingw-w64.
/// </summary>
internal sealed class WindowsMaterial(Workspace workspace)
{
    public const string TestProject = "NativePlugins.Windows.Tests";

    // The same names on Debian and in mingw-w64 for Windows.
    private const string C = "x86_64-w64-mingw32-gcc";
    private const string Cpp = "x86_64-w64-mingw32-g++";

    // What every plugin is compiled with; -static keeps the compiler's own libraries inside.
    private static readonly string[] s_library = ["-O2", "-shared", "-static", "-fvisibility=hidden", "-Wall", "-Wextra", "-Werror", "-Iabi", "-Itests/fixtures"];

    public static bool HasCompilers => Tool.Exists(C) && Tool.Exists(Cpp);

    public string Tests => Path.Combine(Folder("tests"), TestProject + ".exe");

    public void Build()
    {
        Publish("host", "host/NativePlugins.Cli");
        Publish("tests", $"tests/{TestProject}");
        new WindowsNative(workspace).Publish(Folder("native"), Folder("plugins"));
        Step.Run("compile plugins for win-x64", () =>
        {
            Distribution.CreateDirectory(Folder("plugins"));
            foreach (var dependency in Sources("Plugins/dependency"))
            {
                Compile(dependency);
            }

            Step.ForEach(Samples().Concat(Sources("Plugins")).Concat(Fixtures()), Compile, atOnce: 2);
        });
        // What a publish compiles on the way, and a forgotten publish leaves.
        new Distribution(workspace, Folder("managed")).Publish([Path.Combine(workspace.Artifacts, "bin", "hello_world", "release_win-x64", "hello_world.dll")], []);
    }

    private string Folder(string name) => Path.Combine(workspace.Artifacts, "windows", name);

    private void Publish(string name, string project) => Step.Run($"publish {Path.GetFileName(project)} for win-x64", () =>
    {
        Distribution.CreateDirectory(Folder(""));
        Distribution.CreateDirectory(Folder(name));
        Tool.Require(
            workspace, "Mend what the errors above name.", "dotnet", "publish", project, "--configuration", "Release",
            "--runtime", "win-x64", "--self-contained", "-p:PublishAot=false", "-nologo", "-v:quiet", "--output", Folder(name));
    });

    private IEnumerable<Compilation> Samples() =>
        workspace.Files("plugins-native", "plugin.build.json").Select(path => NativeSample.Read(workspace, path))
            // A contract's header is written by the build of the application that it belongs to.
            .Where(sample => sample.Language != "rust" && !sample.NeedsContracts)
            .Select(sample => new Compilation(
                sample.Language == "c" ? C : Cpp, sample.Id,
                [sample.Language == "c" ? "-std=c99" : "-std=c++17", "-Wpedantic", .. sample.Sources.Select(source => Path.Combine(sample.Folder, source)),
                 .. sample.Arguments ?? [], .. sample.Windows ?? []]));

    // In the order of their names: a later one may be linked with an earlier one.
    private IEnumerable<Compilation> Sources(string folder) =>
        Directory.GetFiles(Path.Combine(workspace.Root, "tests", TestProject, folder), "*.c").Order(StringComparer.Ordinal).Select(FromSource);

    /// <summary>Those of the fixtures of all systems that use nothing but the C library. A line is NAME, or NAME SOURCE FLAGS.</summary>
    private IEnumerable<Compilation> Fixtures() =>
        File.ReadLines(Path.Combine(workspace.Root, "tests", TestProject, "Plugins", "fixtures.txt"))
            .Where(line => line.Length > 0).Select(line => line.Split(' '))
            .Select(words => FromSource(Path.Combine(workspace.Root, "tests", "fixtures", $"{words.ElementAtOrDefault(1) ?? words[0]}.c"), words[0], words.Skip(2)));

    private Compilation FromSource(string source) => FromSource(source, Path.GetFileNameWithoutExtension(source), []);

    private Compilation FromSource(string source, string stem, IEnumerable<string> flags) => new(C, stem, [source, .. Flags(source), .. flags]);

    private string[] Flags(string source) =>
        [.. FixtureFlags.Of(source).Select(flag => flag.Replace("{plugins}", Folder("plugins"), StringComparison.Ordinal))];

    private void Compile(Compilation work) => Tool.Require(
        workspace, "Mend what the errors above name.", work.Compiler,
        [.. s_library, "-o", Path.Combine(Folder("plugins"), work.Stem + ".dll"), .. work.Arguments]);

    private sealed record Compilation(string Compiler, string Stem, string[] Arguments);
}
