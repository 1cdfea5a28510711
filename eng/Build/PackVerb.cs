using System.Xml.Linq;

namespace NativePlugins.Build;

/// <summary><c>pack</c>: every package, with its symbols, into <c>artifacts/packages</c>.</summary>
internal static class PackVerb
{
    private static readonly string[] s_folders = ["abi", "contracts", "host", "plugins-native"];

    public static int Run(Workspace workspace, string? version)
    {
        var folder = Path.Combine(workspace.Artifacts, "packages");
        Pack(workspace, folder, version);
        foreach (var package in Directory.EnumerateFiles(folder, "*.nupkg").Order(StringComparer.Ordinal))
        {
            Console.WriteLine(workspace.Relative(package));
        }

        return ExitCode.Success;
    }

    /// <summary>Leaves exactly the packages of this version in a folder. They are built beside everything else, as their version differs.</summary>
    public static void Pack(Workspace workspace, string folder, string? version)
    {
        var projects = Projects(workspace).ToList();
        Directory.CreateDirectory(workspace.Artifacts);
        Step.Run($"pack {string.Join(", ", projects.Select(Path.GetFileNameWithoutExtension))}", () =>
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Tool.Require(
                workspace, "Mend what the errors above name; no package was made.",
                "dotnet",
                [
                    "pack", SolutionFile.Write(workspace, "packages", projects), "--configuration", "Release", "-nologo", "-v:quiet",
                    $"-p:ArtifactsPath={Path.Combine(workspace.Artifacts, "pack")}", $"-p:PackageOutputPath={folder}",
                    "-p:ContinuousIntegrationBuild=true", "-p:ShouldUnsetParentConfigurationAndPlatform=false",
                    .. version is null ? Array.Empty<string>() : [$"-p:Version={version}"],
                ]);
        });
    }

    /// <summary>The projects that say of themselves that they are packages.</summary>
    private static IEnumerable<string> Projects(Workspace workspace) =>
        s_folders.SelectMany(folder => workspace.Files(folder, "*.csproj")).Where(IsPackage);

    private static bool IsPackage(string project) =>
        XDocument.Load(project).Descendants().Any(element => element.Name.LocalName is "IsPackable" or "IsShippedLibrary" && element.Value == "true");
}
