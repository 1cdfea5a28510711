using System.Globalization;

namespace NativePlugins.Build;

/// <summary><c>torture</c>: calls two plugins from many threads while they are reloaded, and checks every answer, the state and the memory.</summary>
internal static class TortureVerb
{
    public const int DefaultCReloads = 1000;
    public const int DefaultCSharpReloads = 300;

    // A process carries 900 resident images at most. The first generation is one, and a few are left for whatever else is loaded.
    public const int MostCSharpReloads = 890;

    public static int Run(Workspace workspace, int cReloads, int csharpReloads)
    {
        Require("--c", cReloads, int.MaxValue, "0 or more");
        Require("--csharp", csharpReloads, MostCSharpReloads, $"0 to {MostCSharpReloads}");
        if (!OperatingSystem.IsLinux())
        {
            throw new BuildException("The torture program reads /proc: run it on Linux.");
        }

        BuildVerb.Build(workspace).Fixtures();
        string fixtures = Path.Combine(workspace.Artifacts, "fixtures");
        string c = Path.Combine(fixtures, Workspace.Library("torture_c"));
        Step.Run("compile torture_c", () => Tool.Require(
            workspace, "Mend what the errors above name.", Prerequisites.Find(workspace).C,
            "-O2", "-shared", "-fPIC", "-fvisibility=hidden", "-Iabi", "-Itests/fixtures", "-o", c, "tests/fixtures/torture_c.c", "-pthread"));
        string contracts = Path.Combine(fixtures, Workspace.Library("contract_c"));
        Step.Run("compile contract_c", () => Tool.Require(
            workspace, "Mend what the errors above name.", Prerequisites.Find(workspace).C,
            "-O2", "-shared", "-fPIC", "-fvisibility=hidden", "-Iabi", "-Itests/fixtures", "-Iartifacts/bin/NativePlugins.TestContracts/release_net10.0/include",
            "-o", contracts, "tests/contracts/contract_c.c", "-pthread"));
        return Tool.Attach(workspace, Path.Combine(fixtures, Workspace.Executable("torture")),
        [
            c, cReloads.ToString(CultureInfo.InvariantCulture),
            Path.Combine(fixtures, Workspace.Library("torture_cs")), csharpReloads.ToString(CultureInfo.InvariantCulture),
            "--contracts", contracts, Path.Combine(fixtures, Workspace.Library("contract_probe")),
        ]);
    }

    private static void Require(string option, int value, int most, string range)
    {
        if (value < 0 || value > most)
        {
            throw new BuildException(string.Create(CultureInfo.InvariantCulture, $"{option} takes {range}, not {value}."), ExitCode.Usage);
        }
    }
}
