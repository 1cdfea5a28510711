using System.Diagnostics;

namespace NativePlugins.Outside.Tests;

/// <summary>
/// An empty directory far from the repository, with an empty folder for NuGet's packages, the packed feed beside the
/// ordinary one, and the tool installed. Shared by the tests of one run: what one has restored, the next finds.
/// </summary>
public sealed class OutsideDirectory : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(20);

    // What this test process was given by the one that started it, and a person's shell has not.
    private static readonly string[] s_foreign = ["MSBUILD", "VSTEST", "DOTNET_HOST_PATH", "CORECLR_", "NUGET_PACKAGES", "NATIVE_PLUGINS_", "CI"];

    private readonly Lazy<string> _tool;
    private readonly Lazy<string> _hello;

    public OutsideDirectory()
    {
        File.WriteAllText(PathOf("nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{PackedFeed.Folder}" />
              </packageSources>
            </configuration>
            """);
        _tool = new(InstallTool);
        _hello = new(() => NewPlugin("Hello"));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("native-plugins-outside-").FullName;

    /// <summary>The installed `nplugin`.</summary>
    internal string Tool => _tool.Value;

    /// <summary>A project made from the template, which tests leave as it is.</summary>
    internal string Hello => _hello.Value;

    internal string PathOf(string relative) => Path.Combine(Root, relative);

    internal string NewDirectory(string name) => Directory.CreateDirectory(PathOf(name)).FullName;

    /// <summary>A new project from the template, in a folder of its name.</summary>
    internal string NewPlugin(string name)
    {
        string[] hive = ["--debug:custom-hive", PathOf("templates")];
        if (!Directory.Exists(PathOf("templates")))
        {
            Dotnet(Root, ["new", "install", $"NativePlugins.Templates@{PackedFeed.Version}", .. hive]).Succeeded();
        }

        Dotnet(Root, ["new", "nativeplugin", "-n", name, .. hive]).Succeeded();
        return PathOf(name);
    }

    internal Outcome Dotnet(string directory, params string[] arguments) => Run(directory, "dotnet", arguments);

    internal Outcome Run(string directory, string program, params string[] arguments) => Run(directory, new Dictionary<string, string>(), program, arguments);

    internal Outcome Run(string directory, IReadOnlyDictionary<string, string> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory };
        foreach (string name in start.Environment.Keys.Where(name => s_foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["NUGET_PACKAGES"] = PathOf("packages");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["UseSharedCompilation"] = "false";

        // What they say is compared in English. Only dotnet is run under the culture of whoever tests.
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        if (program != "dotnet")
        {
            start.Environment["LC_ALL"] = "C.UTF-8";
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        ProgramRun run = ProgramRun.Of(start, limit: s_limit);
        return new Outcome(string.Join(' ', arguments.Prepend(program)), run.ExitCode, run.AllOutput);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string InstallTool()
    {
        Dotnet(Root, "tool", "install", "NativePlugins.Tool", "--version", PackedFeed.Version, "--tool-path", PathOf("tools")).Succeeded();
        return PathOf(OperatingSystem.IsWindows() ? "tools/nplugin.exe" : "tools/nplugin");
    }
}

/// <summary>One after the other: they share the directory, and each keeps all processors busy.</summary>
[CollectionDefinition(Name)]
public sealed class OutsideTests : ICollectionFixture<OutsideDirectory>
{
    public const string Name = "outside";
}
