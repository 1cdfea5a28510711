using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NativePlugins.Build;

/// <summary>Counts what the reports of whole runs say, by the groups of the platforms' table.</summary>
internal static partial class TestCounts
{
    /// <summary>A file of this name stands beside the reports of a run that no filter has cut.</summary>
    public const string Whole = "whole";

    private static readonly XNamespace s_trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>One record for each platform of which there is a whole run.</summary>
    public static IEnumerable<PlatformRecord> Read(Workspace workspace, PlatformTable layout)
    {
        var own = Path.Combine(workspace.Artifacts, "test-results");
        var arm64 = Path.Combine(workspace.For(CrossTarget.Arm64).Artifacts, "test-results");
        (string Rid, string Folder, Func<string, bool> IsOf)[] runs =
        [
            (RuntimeInformation.RuntimeIdentifier, own, report => !IsForWindows(report)),
            ("win-x64", own, IsForWindows),
            (CrossTarget.Arm64.Rid, arm64, _ => true),
        ];
        foreach (var (rid, folder, isOf) in runs)
        {
            string[] reports = File.Exists(Path.Combine(folder, Whole)) ? [.. Directory.GetFiles(folder, "*.trx").Where(isOf)] : [];
            if (reports.Length > 0)
            {
                yield return Read(workspace, layout, rid, reports);
            }
        }
    }

    private static bool IsForWindows(string report) => Path.GetFileName(report).StartsWith(WindowsMaterial.TestProject, StringComparison.Ordinal);

    private static PlatformRecord Read(Workspace workspace, PlatformTable layout, string rid, IEnumerable<string> reports)
    {
        var groups = new SortedDictionary<string, TestCount>(StringComparer.Ordinal);
        var date = "";
        foreach (var path in reports)
        {
            var report = XDocument.Load(path);
            var classes = report.Descendants(s_trx + "UnitTest").ToDictionary(
                test => (string)test.Attribute("id")!, test => (string)test.Element(s_trx + "TestMethod")!.Attribute("className")!);
            foreach (var result in report.Descendants(s_trx + "UnitTestResult"))
            {
                // The report of the tests for Windows has no definitions: there the name begins with the class.
                var group = GroupOf(workspace, layout, (string?)result.Attribute("testId") is string id ? classes[id] : ClassOf((string)result.Attribute("testName")!));
                groups[group] = groups.GetValueOrDefault(group, new TestCount(0, 0, 0)) + (string?)result.Attribute("outcome") switch
                {
                    "Passed" => new TestCount(1, 0, 0),
                    "NotExecuted" => new TestCount(0, 0, 1),
                    _ => new TestCount(0, 1, 0),
                };
            }

            var finish = ((string?)report.Descendants(s_trx + "Times").FirstOrDefault()?.Attribute("finish") ?? Written(path))[..10];
            date = string.CompareOrdinal(finish, date) > 0 ? finish : date;
        }

        return new PlatformRecord(rid, date, groups);
    }

    private static string Written(string path) => File.GetLastWriteTimeUtc(path).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string ClassOf(string testName)
    {
        var method = testName.Split('(')[0];
        return method[..method.LastIndexOf('.')];
    }

    private static string GroupOf(Workspace workspace, PlatformTable layout, string className)
    {
        var place = PlaceOf(workspace, className.Split('+')[0]);
        var group = layout.Groups.FirstOrDefault(group => group.Tests.Contains(place)) ?? layout.Groups.FirstOrDefault(group => group.Tests.Contains(place.Split('/')[0]));
        return group?.Name ?? throw new BuildException($"No group of the platforms' table has the tests of {place} ({className}).");
    }

    /// <summary>The project and the folder of a class of tests.</summary>
    private static string PlaceOf(Workspace workspace, string className)
    {
        var places = s_places ??= FindPlaces(workspace);
        var name = className.Split('.')[^1];
        return places.Where(place => place.Class == name && className.StartsWith(place.Project, StringComparison.Ordinal)).Select(place => place.Place).FirstOrDefault()
            ?? throw new BuildException($"There is no class {className} among the tests.");
    }

    private static List<(string Project, string Class, string Place)>? s_places;

    private static List<(string Project, string Class, string Place)> FindPlaces(Workspace workspace) =>
    [
        .. from file in workspace.Files("tests", "*.cs")
           let parts = workspace.Relative(file).Split('/')
           where parts.Length > 2 && parts[1].EndsWith(".Tests", StringComparison.Ordinal)
           from Match match in ClassName().Matches(File.ReadAllText(file))
           select (parts[1], match.Groups[1].Value, parts.Length > 3 ? $"{parts[1]}/{parts[2]}" : parts[1]),
    ];

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex ClassName();
}
