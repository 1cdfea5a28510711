namespace NativePlugins.Build;

/// <summary><c>pictures</c>: draws the pictures in the documents, from what <c>dist/host</c> really writes and from the order of the code.</summary>
internal static class PicturesVerb
{
    private const string Folder = "docs/pictures";

    public static int Run(Workspace workspace)
    {
        Directory.CreateDirectory(Path.Combine(workspace.Root, Folder));
        Write(workspace, "rooms.svg", RoomsPicture.Draw(File.ReadAllText(Path.Combine(workspace.Root, "docs/rooms.json"))));
        if (!OperatingSystem.IsLinux())
        {
            throw new BuildException("The pictures show libraries and a loader's search as they are on Linux: draw them there.");
        }

        BuildVerb.Run(workspace);
        var tools = Prerequisites.Find(workspace);
        var scratch = Path.Combine(workspace.Artifacts, "pictures");
        var elsewhere = Path.Combine(scratch, "elsewhere");
        Directory.CreateDirectory(elsewhere);

        // A plugin that needs a library which the system's loader does not find.
        Compile(workspace, tools, elsewhere, "tests/fixtures/dependency/np_fixture_dependency.c");
        Compile(workspace, tools, scratch, "tests/fixtures/missing_dependency.c", $"-L{elsewhere}", "-lnp_fixture_dependency");
        var missing = Path.Combine(scratch, Workspace.Library("missing_dependency"));

        var page = Inspect(workspace, "--color", "always", missing);
        Write(workspace, "inspect.svg", TerminalPicture.Draw("host inspect libmissing_dependency.so", Shorten(workspace, page)));
        var graph = Path.Combine(scratch, "dependencies.svg");
        Inspect(workspace, "--graph", graph, missing, Path.Combine(workspace.Dist, Workspace.Library("hello_cpp")));
        Write(workspace, "dependencies.svg", Shorten(workspace, File.ReadAllText(graph)));

        IReadOnlyList<CastScene> scenes = Step.Run("record a session with dist/host", () => CastRecording.Make(workspace, Path.Combine(scratch, "cast")));
        Write(workspace, "first-steps.svg", TerminalCast.Draw(CastRecording.Title, CastRecording.Description, scenes));
        return ExitCode.Success;
    }

    private static void Compile(Workspace workspace, Prerequisites tools, string folder, string source, params string[] flags) =>
        Tool.Require(
            workspace, $"Mend {source}.", tools.C,
            [
                "-shared", "-fPIC", "-fvisibility=hidden", "-Iabi", "-Itests/fixtures",
                "-o", Path.Combine(folder, Workspace.Library(Path.GetFileNameWithoutExtension(source))), source, .. flags,
            ]);

    /// <summary>1 is a verdict, and no failure.</summary>
    private static string Inspect(Workspace workspace, params string[] arguments)
    {
        var result = Tool.Capture(workspace, workspace.Host, ["inspect", .. arguments]);
        return result.ExitCode is ExitCode.Success or 1
            ? result.Output
            : throw new BuildException($"{result.Tail}\n\n{result.CommandLine} failed with exit code {result.ExitCode}.");
    }

    /// <summary>Where the repository lies on this machine is nothing to show.</summary>
    private static string Shorten(Workspace workspace, string text) =>
        text.Replace(Path.Combine(workspace.Artifacts, "pictures") + "/", "", StringComparison.Ordinal).Replace(workspace.Root + "/", "", StringComparison.Ordinal);

    private static void Write(Workspace workspace, string name, string content)
    {
        File.WriteAllText(Path.Combine(workspace.Root, Folder, name), content);
        Step.Note($"{Folder}/{name}");
    }
}
