using System.Globalization;
using System.Runtime.InteropServices;

namespace NativePlugins.Build;

/// <summary><c>torture</c>: calls two plugins from many threads while they are reloaded, and checks every answer, the state and the memory.</summary>
internal static class TortureVerb
{
    public const int DefaultCReloads = 1000;
    public const int DefaultCSharpReloads = 300;

    // A process carries 900 resident images at most. The first generation is one, and a few are left for whatever else is loaded.
    public const int MostCSharpReloads = 890;

    // An emulator runs each of them at a tenth of the speed: with more, each reload waits for all of them to have their turn.
    private const string EmulatedThreads = "16";

    /// <param name="workspace">The repository.</param>
    /// <param name="cReloads">How often the plugin in C is reloaded.</param>
    /// <param name="csharpReloads">How often that in C#.</param>
    /// <param name="calls">How many calls there are at least: the plugin in C is reloaded until then.</param>
    /// <param name="atOnce">Whether all calls return at once; else they take up to 20 ms.</param>
    /// <param name="target">The processor that all of it is compiled for; this machine's if null.</param>
    public static int Run(Workspace workspace, int cReloads, int csharpReloads, long calls, bool atOnce, CrossTarget? target)
    {
        Require("--calls", calls, long.MaxValue, "0 or more");
        Require("--c", cReloads, int.MaxValue, "0 or more");
        Require("--csharp", csharpReloads, MostCSharpReloads, $"0 to {MostCSharpReloads}");
        if (!OperatingSystem.IsLinux())
        {
            throw new BuildException("The torture program reads /proc: run it on Linux.");
        }

        if (target is not null)
        {
            workspace = workspace.For(target);
            target.Require(workspace);
        }

        BuildVerb.Build(workspace).Fixtures();
        string fixtures = Path.Combine(workspace.Artifacts, "fixtures");
        string c = Path.Combine(fixtures, Workspace.Library("torture_c"));
        Step.Run("compile torture_c", () => Tool.Require(
            workspace, "Mend what the errors above name.", Prerequisites.Find(workspace).C,
            "-O2", "-shared", "-fPIC", "-fvisibility=hidden", "-Iabi", "-Itests/fixtures", "-o", c, "tests/fixtures/torture_c.c", "-pthread"));
        string contracts = Path.Combine(fixtures, Workspace.Library("contract_c"));
        string headers = Path.Combine(workspace.Artifacts, "bin", "NativePlugins.TestContracts", "release_net10.0", "include");
        Step.Run("compile contract_c", () => Tool.Require(
            workspace, "Mend what the errors above name.", Prerequisites.Find(workspace).C,
            "-O2", "-shared", "-fPIC", "-fvisibility=hidden", "-Iabi", "-Itests/fixtures", $"-I{headers}",
            "-o", contracts, "tests/contracts/contract_c.c", "-pthread"));
        return Tool.Attach(workspace, Path.Combine(fixtures, Workspace.Executable("torture")),
        [
            c, cReloads.ToString(CultureInfo.InvariantCulture),
            Path.Combine(fixtures, Workspace.Library("torture_cs")), csharpReloads.ToString(CultureInfo.InvariantCulture),
            "--contracts", contracts, Path.Combine(fixtures, Workspace.Library("contract_probe")), "--calls", calls.ToString(CultureInfo.InvariantCulture),
            .. atOnce ? (string[])["--longest", "0"] : [],
            .. target is not null && target.Processor != RuntimeInformation.OSArchitecture ? (string[])["--emulated", "--threads", EmulatedThreads] : [],
        ]);
    }

    private static void Require(string option, long value, long most, string range)
    {
        if (value < 0 || value > most)
        {
            throw new BuildException(string.Create(CultureInfo.InvariantCulture, $"{option} takes {range}, not {value}."), ExitCode.Usage);
        }
    }
}
