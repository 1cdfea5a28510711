using System.Globalization;
using System.Xml.Linq;

namespace NativePlugins.Build;

/// <summary><c>pack</c>: every package, with its symbols, into <c>artifacts/packages</c>.</summary>
internal static class PackVerb
{
    private static readonly string[] s_folders = ["abi", "contracts", "host", "plugins-native"];
    private static readonly string[] s_shared = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "LICENSE", "eng/Shipped.targets", "eng/Build/PackVerb.cs", "eng/Build/NativeSdk.cs", "eng/Build/SignalHelper.cs"];

    /// <summary>The packages that tests install: a version that no cache has seen, higher than any before.</summary>
    private static string TestFeed(Workspace workspace) => Path.Combine(workspace.Artifacts, "feed");

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

    /// <summary>Leaves packages for tests in <c>artifacts/feed</c>, unless those that are there are made of the same sources.</summary>
    public static void PackForTests(Workspace workspace, string sdkVersion)
    {
        var fingerprint = new Fingerprint(workspace, "feed");
        var inputs = fingerprint.Of(
            s_folders.SelectMany(folder => workspace.Files(folder, "*")).Concat(s_shared.Select(file => Path.Combine(workspace.Root, file))), sdkVersion);
        if (fingerprint.IsCurrent(inputs))
        {
            Step.Note("up to date: the packages for the tests");
            return;
        }

        var now = DateTime.UtcNow;
        var version = string.Create(
            CultureInfo.InvariantCulture, $"0.1.{(now - new DateTime(2020, 1, 1)).Days}.{1 + ((int)now.TimeOfDay.TotalSeconds / 2)}");
        Pack(workspace, TestFeed(workspace), version);
        fingerprint.Save(inputs, Directory.GetFiles(TestFeed(workspace)));
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

            SignalHelper.Run(workspace);
            var native = workspace.Stage("native-sdk");
            NativeSdk.LayOut(workspace, native, version);
            Tool.Require(
                workspace, "Mend what the errors above name; no package was made.",
                "dotnet",
                [
                    "pack", SolutionFile.Write(workspace, "packages", projects), "--configuration", "Release", "-nologo", "-v:quiet",
                    $"-p:ArtifactsPath={Path.Combine(workspace.Artifacts, "pack")}", $"-p:PackageOutputPath={folder}",
                    "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false", $"-p:NativeSdkFolder={native}",
                    "-p:ShouldUnsetParentConfigurationAndPlatform=false",
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
