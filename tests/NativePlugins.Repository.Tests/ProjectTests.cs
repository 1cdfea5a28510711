using System.Text.Json;
using System.Xml.Linq;

namespace NativePlugins.Repository.Tests;

public class ProjectTests
{
    [Fact]
    public void No_project_under_host_references_anything_under_plugins_native()
    {
        var offending = RepositoryFiles.Named(".csproj")
            .Where(project => project.StartsWith("host/", StringComparison.Ordinal))
            .SelectMany(project => Reachable(project).Where(other => other.StartsWith("plugins-native/", StringComparison.Ordinal)).Select(other => $"{project} -> {other}"));

        Assert.Empty(offending);
    }

    [Fact]
    public void No_file_under_host_names_a_path_under_plugins_native()
    {
        var offending = RepositoryFiles.Named(".csproj", ".props", ".targets")
            .Where(project => project.StartsWith("host/", StringComparison.Ordinal) && RepositoryFiles.Text(project).Contains("plugins-native", StringComparison.Ordinal));

        Assert.Empty(offending);
    }

    [Fact]
    public void Package_versions_stand_in_the_central_file_only()
    {
        var offending = RepositoryFiles.Named(".csproj", ".props", ".targets")
            .Where(file => !IsForConsumers(file))
            .SelectMany(file => RepositoryFiles.Elements(file, "PackageReference")
                .Where(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null || reference.Elements().Any(child => child.Name.LocalName.StartsWith("Version", StringComparison.Ordinal)))
                .Select(reference => $"{file}: {reference}"));

        Assert.Empty(offending);
    }

    [Fact]
    public void The_central_file_manages_every_package()
    {
        var managed = RepositoryFiles.Elements("Directory.Packages.props", "ManagePackageVersionsCentrally").Single().Value;

        Assert.Equal("true", managed);
        Assert.DoesNotContain(RepositoryFiles.Named(".csproj"), project => RepositoryFiles.Elements(project, "ManagePackageVersionsCentrally").Any());
    }

    [Fact]
    public void The_solution_contains_every_project()
    {
        var solution = RepositoryFiles.Text("NativePlugins.sln").Replace('\\', '/');

        Assert.DoesNotContain(RepositoryFiles.Named(".csproj").Where(project => !IsMaterial(project) && !IsForConsumers(project)), project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_test_project_has_the_name_that_the_build_looks_for()
    {
        var offending = RepositoryFiles.Named(".csproj")
            .Where(project => RepositoryFiles.Elements(project, "PackageReference").Any(IsTestSdk) && !project.EndsWith(".Tests.csproj", StringComparison.Ordinal));

        Assert.Empty(offending);
    }

    /// <summary>By what was restored for them, with the packages of packages.</summary>
    [Theory]
    [InlineData("NativePlugins.Cli", false)]
    [InlineData("NativePlugins.Distribution", false)]
    [InlineData("NativePlugins.Tool", true)]
    public void Only_the_tool_has_a_part_of_NuGet(string project, bool has)
    {
        string file = RepositoryRoot.PathOf($"artifacts/obj/{project}/project.assets.json");
        Assert.True(File.Exists(file), $"{file} is missing: build the solution first.");
        using var restored = JsonDocument.Parse(File.ReadAllText(file));

        var parts = restored.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name)
            .Where(name => name.StartsWith("NuGet.", StringComparison.Ordinal) || name.StartsWith("Newtonsoft.", StringComparison.Ordinal));

        Assert.Equal(has, parts.Any());
    }

    // Projects that tests and benchmarks build themselves are material, not parts of the solution.
    private static bool IsMaterial(string project) =>
        project.StartsWith("tests/fixtures/", StringComparison.Ordinal) || project.StartsWith("tests/bench/peers/", StringComparison.Ordinal);

    // What packages bring into the projects of others.
    private static bool IsForConsumers(string file) =>
        file.StartsWith("plugins-native/sdk/Sdk/", StringComparison.Ordinal) || file.StartsWith("plugins-native/sdk/NativePlugins.Templates/content/", StringComparison.Ordinal);

    private static bool IsTestSdk(XElement reference) => (string?)reference.Attribute("Include") == "Microsoft.NET.Test.Sdk";

    private static HashSet<string> Reachable(string project)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<string>([project]);
        while (pending.TryDequeue(out var next))
        {
            foreach (var reference in References(next).Where(reached.Add))
            {
                pending.Enqueue(reference);
            }
        }

        return reached;
    }

    private static IEnumerable<string> References(string project) =>
        !File.Exists(RepositoryFiles.PathOf(project)) ? [] :
        RepositoryFiles.Elements(project, "ProjectReference")
            .Select(reference => (string?)reference.Attribute("Include") ?? "")
            .Select(include => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(RepositoryFiles.PathOf(project))!, include.Replace('\\', '/'))))
            .Select(path => Path.GetRelativePath(RepositoryFiles.Root, path).Replace('\\', '/'));
}
