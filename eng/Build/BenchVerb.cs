using System.Globalization;

namespace NativePlugins.Build;

/// <summary><c>bench</c>: builds, then runs the benchmarks, which print a table and write <c>artifacts/bench/results.json</c>.</summary>
internal static class BenchVerb
{
    public static int Run(Workspace workspace, string? filter, int? repetitions, bool isQuick)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new BuildException("The benchmarks measure processes with posix_spawn and wait4: run them on Linux or macOS.");
        }

        BuildVerb.Build(workspace).Benchmarks();
        var peers = new BenchPeers(workspace, Prerequisites.Find(workspace));
        Step.Run("compile what the benchmarks compare with", peers.Build);

        var program = Path.Combine(workspace.Artifacts, "bin", "NativePlugins.Bench", "release", "NativePlugins.Bench.dll");
        return Tool.Attach(workspace, "dotnet",
        [
            program,
            .. filter is null ? [] : new[] { "--filter", filter },
            .. repetitions is null ? [] : new[] { "--repetitions", repetitions.Value.ToString(CultureInfo.InvariantCulture) },
            .. isQuick ? ["--quick"] : Array.Empty<string>(),
        ]);
    }
}
