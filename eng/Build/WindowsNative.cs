namespace NativePlugins.Build;

/// <summary>The host, plugins in C# and applications, compiled by NativeAOT for win-x64, for the tests for Windows.</summary>
internal sealed class WindowsNative(Workspace workspace)
{
    private static readonly string[] s_programs = ["host/NativePlugins.Cli", "tests/apps/contract_checks", "tests/apps/embedder"];

    private static readonly string[] s_plugins =
    [
        "plugins-native/hello_world", "plugins-native/counter", "tests/fixtures/csharp/counter_2", "tests/fixtures/csharp/probe",
        "tests/fixtures/csharp/contract_probe",
    ];

    /// <summary>Publishes them all, and puts the programs into one folder and the plugins, with their manifests, into another.</summary>
    public void Publish(string programs, string plugins) => Step.Run($"compile to native code for win-x64: {Names}", () =>
    {
        var stage = workspace.Stage("windows");
        if (Directory.Exists(stage))
        {
            Directory.Delete(stage, recursive: true);
        }

        Distribution.CreateDirectory(stage);
        var link = new WindowsLink(workspace);
        var projects = s_programs.Concat(s_plugins).SelectMany(folder => workspace.Files(folder, "*.csproj"));
        Tool.Require(
            workspace, "Mend what the errors above name.", "dotnet",
            ["publish", SolutionFile.Write(workspace, "windows-native", projects), "--configuration", "Release", "-nologo", "-v:quiet",
             "-p:RuntimeIdentifier=win-x64", $"-p:PublishDir={stage}/", "-p:ShouldUnsetParentConfigurationAndPlatform=false", .. link.Prepare()]);
        var files = Directory.GetFiles(stage);
        new Distribution(workspace, programs).Publish(files.Where(file => Path.GetExtension(file) == ".exe"), []);
        new Distribution(workspace, plugins).Publish(files.Where(file => Path.GetExtension(file) is ".dll" or ".json"), []);
        if (!OperatingSystem.IsWindows())
        {
            link.MakeCheck(Path.Combine(plugins, "link_check.dll"));
        }
    });

    private static string Names => string.Join(", ", s_programs.Concat(s_plugins).Select(Path.GetFileName));
}
