using System.Diagnostics;

namespace NativePlugins.Bench;

/// <summary>From saving a source file to the run of the new generation, beside publishing it, and beside compiling a dylib in Rust and running that.</summary>
internal static class EditGroup
{
    private const int MostEdits = 20;
    private const int RepetitionsOfOnePublish = 5;

    private static readonly EditedPlugin[] s_plugins =
    [
        new("hello_world", "HelloWorld.cs", "$\"Hello, ", edit => $"$\"edit {edit}: Hello, ", GoalOfNative: 2200),
        new("counter", "Counter.cs", "$\"run {", edit => $"$\"edit {edit}: run {{", GoalOfNative: 3500),
    ];

    public static IEnumerable<ResultRow> Run(BenchFiles files, BenchOptions options)
    {
        var rows = new List<ResultRow>();
        int edits = Math.Min(options.Repetitions, MostEdits);
        Progress.Note($"edit: {edits} edits each, saved and seen");
        Series? rust = File.Exists(files.RustHost) ? RustEdits(files, edits) : null;
        foreach (EditedPlugin plugin in s_plugins)
        {
            string project = plugin.CreateProject(files);
            Series published = Publish(files, plugin, project, Math.Max(2, edits / RepetitionsOfOnePublish));
            Series managed = Watch(plugin, project, "managed", edits, "dotnet", "exec", files.HostTool);
            Series native = Watch(plugin, project, "native", edits, files.Host);
            rows.Add(Row(plugin, "managed", managed, "dotnet publish", published, 400));
            rows.Add(Row(plugin, "native", native, "dotnet publish", published, plugin.GoalOfNative));
            if (rust is not null)
            {
                rows.Add(Row(plugin, "managed", managed, "rustc and a run of the Rust peer", rust, 400));
                rows.Add(Row(plugin, "native", native, "rustc and a run of the Rust peer", rust, plugin.GoalOfNative));
            }
        }

        return rows;
    }

    private static ResultRow Row(EditedPlugin plugin, string kind, Series ours, string peerName, Series peer, double most) =>
        ResultRow.Compare($"edit to running, {plugin.Name}, {kind}", ours, peerName, peer, "ms") with { Goal = new ResultGoal("p50", most, ours.Median) };

    private static Series Watch(EditedPlugin plugin, string project, string kind, int edits, string program, params string[] arguments)
    {
        string title = $"edit, {plugin.Name}, {kind}";
        plugin.Save(project, 0);
        using var watched = new WatchedProcess(program, [.. arguments, "watch", "--json", "--project", project]);
        watched.Next("ran");
        var measured = new List<double>();
        for (int i = 1; i <= edits; i++)
        {
            plugin.Save(project, i);
            measured.Add(watched.Next("reloaded").GetProperty("phase_ms").EnumerateObject().Sum(phase => phase.Value.GetDouble()));
            string output = watched.Next("ran").GetProperty("output").GetString()!;
            if (output != plugin.OutputOf(i))
            {
                throw new InvalidOperationException($"Edit {i} of {plugin.Name} printed '{output}' and not '{plugin.OutputOf(i)}'.");
            }

            Progress.Report(title, i, edits);
        }

        Progress.Done(title, edits);
        return new Series(measured);
    }

    private static Series Publish(BenchFiles files, EditedPlugin plugin, string project, int times)
    {
        string title = $"edit, {plugin.Name}, dotnet publish";
        var measured = new List<double>();
        for (int i = -1; i < times; i++)
        {
            plugin.Save(project, 1000 + i);
            MeasuredProcess publish = MeasuredProcess.Run(
                files, "dotnet", "publish", project, "-nologo", "-v:quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false", $"-p:PublishDir={Path.GetDirectoryName(project)}/out/");
            if (i >= 0)
            {
                measured.Add(publish.Milliseconds);
            }

            Progress.Report(title, Math.Max(0, i), times);
        }

        Progress.Done(title, times);
        return new Series(measured);
    }

    /// <summary>Saves the peer's plugin, compiles it, and has it run.</summary>
    private static Series RustEdits(BenchFiles files, int edits)
    {
        string folder = Directory.CreateDirectory(files.EditProject).FullName, source = Path.Combine(folder, "hello_world.rs");
        string library = Path.Combine(folder, Path.GetFileName(files.RustPlugin)), text = File.ReadAllText(files.RustSource);
        var measured = new List<double>();
        for (int i = 0; i < edits; i++)
        {
            File.WriteAllText(source, text.Replace("\"Hello", $"\"edit {i}: Hello", StringComparison.Ordinal));
            long start = Stopwatch.GetTimestamp();
            MeasuredProcess.Run(
                files, "rustc", "--edition", "2021", "-O", "-C", "strip=debuginfo", "--extern", $"app_core={files.RustCore}", "--crate-type", "dylib", "-o", library, source);
            MeasuredProcess.Run(files, files.RustHost, library);
            measured.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Progress.Report("edit, Rust", i, edits);
        }

        Progress.Done("edit, Rust", edits);
        return new Series(measured);
    }
}
