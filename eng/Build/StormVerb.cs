using System.Globalization;

namespace NativePlugins.Build;

/// <summary><c>storm</c>: twelve threads do at random what can be done with plugins, and what is left of it all is counted.</summary>
internal static class StormVerb
{
    public const int DefaultSeconds = 20;

    private const string Dependency = "np_fixture_dependency";

    public static int Run(Workspace workspace, int seconds, int? seed)
    {
        if (seconds < 1)
        {
            throw new BuildException(string.Create(CultureInfo.InvariantCulture, $"--seconds takes 1 or more, not {seconds}."), ExitCode.Usage);
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new BuildException("The storm program reads /proc: run it on Linux.");
        }

        BuildVerb.Build(workspace).Fixtures();
        string fixtures = Path.Combine(workspace.Artifacts, "fixtures");
        string elsewhere = Directory.CreateDirectory(Path.Combine(fixtures, "elsewhere")).FullName;
        string dependency = Compile(workspace, elsewhere, $"dependency/{Dependency}");
        string plugin = Compile(workspace, fixtures, "storm");
        string bringer = Compile(workspace, fixtures, "storm_bringer", $"-L{elsewhere}", $"-l{Dependency}", "-Wl,-rpath,$ORIGIN");
        return Tool.Attach(workspace, Path.Combine(fixtures, Workspace.Executable("storm")),
        [
            plugin, bringer, dependency, seconds.ToString(CultureInfo.InvariantCulture),
            (seed ?? Random.Shared.Next()).ToString(CultureInfo.InvariantCulture),
        ]);
    }

    private static string Compile(Workspace workspace, string folder, string name, params string[] options)
    {
        string library = Path.Combine(folder, Workspace.Library(Path.GetFileName(name)));
        Step.Run($"compile {name}", () => Tool.Require(
            workspace, "Mend what the errors above name.", Prerequisites.Find(workspace).C,
            ["-O2", "-shared", "-fPIC", "-fvisibility=hidden", "-Iabi", "-Itests/fixtures", "-o", library, $"tests/fixtures/{name}.c", "-pthread", .. options]));
        return library;
    }
}
