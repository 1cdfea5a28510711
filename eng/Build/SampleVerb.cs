using System.Globalization;
using System.Text.Json.Nodes;

namespace NativePlugins.Build;

/// <summary><c>sample</c>: builds, then runs a sample application from beginning to end.</summary>
internal static class SampleVerb
{
    private const string Picture = "before-after.png";
    private const int Lines = 100_000;

    private static readonly string[] s_levels = ["debug", "info", "warn", "error"];

    public static int Run(Workspace workspace, string name, bool acceptPicture)
    {
        var sample = Sample.Find(name);
        Build(workspace, BuildVerb.Build(workspace));
        var output = Path.Combine(workspace.Artifacts, "samples", name);
        Directory.CreateDirectory(output);
        return sample == Sample.ImageTool ? RunImageTool(workspace, output, acceptPicture) : RunLogPipe(workspace, output);
    }

    /// <summary>The applications and their plugins. The programs are first: with them come the headers of their contracts.</summary>
    public static void Build(Workspace workspace, ManagedPublish managed)
    {
        foreach (var sample in Sample.All)
        {
            managed.OfSample(sample);
        }

        foreach (var sample in Sample.All)
        {
            new NativeCompile(workspace, Prerequisites.Find(workspace), sample.Plugins, [], Path.Combine(workspace.FolderOf(sample), "plugins")).Run();
        }
    }

    private static int RunImageTool(Workspace workspace, string output, bool acceptPicture)
    {
        var exitCode = Tool.Attach(workspace, Program(workspace, Sample.ImageTool), "demo", output);
        if (exitCode == ExitCode.Success && acceptPicture)
        {
            File.Copy(Path.Combine(output, Picture), Path.Combine(workspace.Root, "docs", "images", "imagetool.png"), overwrite: true);
        }

        return exitCode;
    }

    /// <summary>A log of many lines through all plugins that there are.</summary>
    private static int RunLogPipe(Workspace workspace, string output)
    {
        var log = Path.Combine(output, "app.log");
        var records = Path.Combine(output, "app.jsonl");
        File.WriteAllLines(log, Enumerable.Range(0, Lines).Select(Line));
        File.Delete(records);
        var hasRust = File.Exists(Path.Combine(workspace.FolderOf(Sample.LogPipe), "plugins", Workspace.Library("gaps")));
        var settings = Path.Combine(output, "pipeline.json");
        File.WriteAllText(settings, new JsonObject
        {
            ["Pipeline"] = new JsonObject
            {
                ["Sources"] = new JsonArray(log),
                ["Parsers"] = new JsonArray("logfmt"),
                ["Filters"] = new JsonArray("least"),
                ["Enrichers"] = hasRust ? new JsonArray("gaps") : [],
                ["Sinks"] = new JsonArray("jsonl"),
            },
            ["Plugins"] = new JsonObject { ["jsonl"] = new JsonObject { ["path"] = records } },
        }.ToJsonString());
        var exitCode = Tool.Attach(workspace, Program(workspace, Sample.LogPipe), settings);
        Console.WriteLine($"{workspace.Relative(records)} has what became of {Lines} lines.");
        return exitCode;
    }

    private static string Line(int number)
    {
        var time = DateTime.UnixEpoch.AddSeconds(number).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return $"time={time} level={s_levels[number % s_levels.Length]} msg=\"request served\" path=/items/{number} status=200";
    }

    private static string Program(Workspace workspace, Sample sample) => Path.Combine(workspace.FolderOf(sample), Workspace.Executable(sample.Name));
}
