using System.Reflection;

namespace NativePlugins.Repository.Tests.PublicApi;

/// <summary>The public surface of each shipped library is recorded in <c>PublicApi.txt</c> beside its project.</summary>
public class PublicApiTests
{
    private const string Accept = "UPDATE_PUBLIC_API";

    /// <summary>Every project that says of itself that it ships as a library.</summary>
    public static TheoryData<string> Libraries =>
        [.. RepositoryFiles.Named(".csproj").Where(project => !project.StartsWith("tests/", StringComparison.Ordinal) && IsShipped(project))];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_surface_is_the_recorded_one(string project)
    {
        var record = Path.Combine(Path.GetDirectoryName(RepositoryFiles.PathOf(project))!, "PublicApi.txt");
        var surface = PublicSurface.Of(Assembly.Load(Path.GetFileNameWithoutExtension(project)));
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(record, surface);
        }

        var recorded = File.Exists(record) ? File.ReadAllText(record).ReplaceLineEndings("\n") : "";
        Assert.True(surface == recorded, $"""
            The public surface of {project} is not the one in {Path.GetRelativePath(RepositoryFiles.Root, record)}:
            {Difference(recorded, surface)}
            If the change is meant, accept it with {Accept}=1 ./build.sh test --filter PublicApi, and commit the record.
            """);
    }

    private static bool IsShipped(string project) =>
        RepositoryFiles.Elements(project, "IsShippedLibrary").Any(element => element.Value == "true");

    private static string Difference(string before, string after)
    {
        var (old, now) = (Qualified(before), Qualified(after));
        return string.Join('\n', old.Except(now).Select(line => "- " + line).Concat(now.Except(old).Select(line => "+ " + line)));
    }

    // Each member together with its type, as the same member may stand in several.
    private static List<string> Qualified(string text)
    {
        var type = "";
        var lines = new List<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            type = line.StartsWith(' ') ? type : line;
            lines.Add(line.StartsWith(' ') ? $"{type} | {line.Trim()}" : line);
        }

        return lines;
    }
}
