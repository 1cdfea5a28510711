using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NativePlugins.Build;

/// <summary>
/// <c>platforms</c>: takes over what the last whole runs of <c>test</c>, <c>test-windows</c> and <c>test-arm64</c> on this machine have counted, one record a
/// platform in <c>docs/platforms</c>, and writes the table of <c>docs/platforms.md</c> from the records.
/// </summary>
internal static class PlatformsVerb
{
    private const string Folder = "docs/platforms", Page = "docs/platforms.md", Layout = $"{Folder}/table.json";
    private const string Begin = "<!-- written by `./build.sh platforms` -->\n", End = "<!-- end -->\n";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static int Run(Workspace workspace, bool check)
    {
        var layout = Read<PlatformTable>(workspace, Layout);
        var records = layout.Platforms.ToDictionary(platform => platform.Rid, platform => Find(workspace, platform.Rid));
        if (!check)
        {
            foreach (var counted in TestCounts.Read(workspace, layout))
            {
                records[counted.Rid] = counted;
                File.WriteAllText(PathOf(workspace, counted.Rid), JsonSerializer.Serialize(counted, s_json) + "\n");
                Step.Note($"{workspace.Relative(PathOf(workspace, counted.Rid))}: {counted.Groups.Sum(group => group.Value.Passed)} passed, {counted.Date}");
            }
        }

        var path = Path.Combine(workspace.Root, Page);
        var page = File.ReadAllText(path);
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        var written = page[..begin] + Write(layout, records) + page[end..];
        if (check)
        {
            return written == page ? ExitCode.Success : throw new BuildException($"The table of {Page} is not what the records in {Folder} say. Run ./build.sh platforms.");
        }

        File.WriteAllText(path, written);
        return ExitCode.Success;
    }

    private static PlatformRecord? Find(Workspace workspace, string rid) =>
        File.Exists(PathOf(workspace, rid)) ? Read<PlatformRecord>(workspace, PathOf(workspace, rid)) : null;

    private static string PathOf(Workspace workspace, string rid) => Path.Combine(workspace.Root, Folder, $"{rid}.json");

    private static T Read<T>(Workspace workspace, string path) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(workspace.Root, path)), s_json)!;

    private static string Write(PlatformTable layout, Dictionary<string, PlatformRecord?> records)
    {
        var text = new StringBuilder();
        Row("Tests of", layout.Platforms.Select(platform => platform.Title));
        Row("---", layout.Platforms.Select(_ => "---"));
        Row("recorded on", layout.Platforms.Select(platform => records[platform.Rid]?.Date ?? "not yet"));
        foreach (var group in layout.Groups)
        {
            Row(group.Name, layout.Platforms.Select(platform => records[platform.Rid]?.Groups.GetValueOrDefault(group.Name)?.ToString() ?? ""));
        }

        Row("all", layout.Platforms.Select(platform => records[platform.Rid] is { } record
            ? record.Groups.Values.Aggregate(new TestCount(0, 0, 0), static (sum, next) => sum + next).ToString() : ""));
        return text.ToString();

        void Row(string first, IEnumerable<string> cells) => text.Append(CultureInfo.InvariantCulture, $"| {first} | ").AppendJoin(" | ", cells).Append(" |\n");
    }
}

/// <summary>What the table shows: its columns, and its lines with the test projects, or their folders, that each stands for.</summary>
internal sealed record PlatformTable(IReadOnlyList<PlatformColumn> Platforms, IReadOnlyList<PlatformGroup> Groups);

internal sealed record PlatformColumn(string Rid, string Title);

/// <param name="Name">What the tests are about.</param>
/// <param name="Tests"><c>Project</c> or <c>Project/Folder</c>.</param>
internal sealed record PlatformGroup(string Name, IReadOnlyList<string> Tests);

/// <summary>What a whole run on a platform has counted.</summary>
internal sealed record PlatformRecord(string Rid, string Date, SortedDictionary<string, TestCount> Groups);

internal sealed record TestCount(int Passed, int Failed, int Skipped)
{
    public static TestCount operator +(TestCount left, TestCount right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Passed:N0}")
        + (Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", **{Failed:N0} failed**") : "")
        + (Skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Skipped:N0} skipped") : "");
}
