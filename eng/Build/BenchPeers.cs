using System.Globalization;

namespace NativePlugins.Build;

/// <summary>Compiles what the benchmarks measure with and compare with; <c>tests/bench/peers/README.md</c> has the commands.</summary>
internal sealed class BenchPeers(Workspace workspace, Prerequisites tools)
{
    private const string Advice = "Mend what the errors above name; nothing was measured.";

    /// <summary>Programs and a plugin that NativeAOT compiles.</summary>
    public static IReadOnlyList<string> NativeProjects { get; } =
    [
        "tests/bench/NativePlugins.Bench.Calls/NativePlugins.Bench.Calls.csproj",
        "tests/bench/peers/aot_host/Peer.AotHost.csproj",
        "tests/bench/plugins/add/add.csproj",
        "tests/fixtures/csharp/contract_probe/contract_probe.csproj",
    ];

    private static readonly string[] s_managedProjects =
    [
        "host/NativePlugins.Tool/NativePlugins.Tool.csproj",
        "tests/bench/NativePlugins.Bench/NativePlugins.Bench.csproj",
        "tests/bench/NativePlugins.Bench.Calls.Jit/NativePlugins.Bench.Calls.Jit.csproj",
        "tests/bench/peers/alc_host/Peer.Host/Peer.Host.csproj",
        "tests/bench/peers/alc_host/Peer.Plugin/Peer.Plugin.csproj",
    ];

    public static string Folder(Workspace workspace) => Path.Combine(workspace.Artifacts, "bench", "bin");

    public void Build()
    {
        Distribution.CreateDirectory(Folder(workspace));
        C("tests/bench/runner.c", "runner");
        C("tests/bench/peers/bare.c", "bare", "-Iabi", "-ldl");
        C("tests/fixtures/counters.c", Workspace.Library("counters"), "-shared", "-fPIC", "-fvisibility=hidden", "-Iabi", "-Itests/fixtures");
        C("tests/bench/peers/com_add.c", Workspace.Library("com_add"), "-shared", "-fPIC", "-fvisibility=hidden");
        C("tests/bench/plugins/exporting.c", Workspace.Library("exporting"), "-shared", "-fPIC", "-fvisibility=hidden", "-lm");
        Padded("padded_small", 600_000);
        Padded("padded_large", 50_000_000);
        Rust();
        Managed();
        ContractPlugin();
    }

    // It includes the header that the build of the test contracts has written.
    private void ContractPlugin() =>
        C("tests/contracts/contract_c.c", Workspace.Library("contract_c"), "-shared", "-fPIC", "-fvisibility=hidden", "-pthread", "-Iabi", "-Itests/fixtures",
            "-Iartifacts/bin/NativePlugins.TestContracts/release_net10.0/include");

    private void Padded(string name, int padding) =>
        C("tests/bench/plugins/padded.c", Workspace.Library(name), "-shared", "-fPIC", "-fvisibility=hidden", string.Create(CultureInfo.InvariantCulture, $"-DPADDING={padding}"));

    private void C(string source, string output, params string[] arguments) =>
        Tool.Require(
            workspace, Advice, tools.C,
            ["-std=c99", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-o", Path.Combine(Folder(workspace), output), source, .. arguments]);

    private void Rust()
    {
        if (tools.Rustc is null)
        {
            Step.Note("the Rust peer is left out: rustc is missing (get it from https://rustup.rs)");
            return;
        }

        var folder = Path.Combine(workspace.Artifacts, "bench", "peers", "rust_host");
        var core = Path.Combine(folder, "libapp_core.rlib");
        Directory.CreateDirectory(folder);
        Rustc("app_core", "--crate-type", "rlib", "-o", core);
        Rustc("hello_world", "--extern", $"app_core={core}", "--crate-type", "dylib", "-o", Path.Combine(folder, Workspace.Library("hello_world")));
        Rustc("app", "--extern", $"app_core={core}", "-o", Path.Combine(folder, "app"));
        Rustc("calls", "--extern", $"app_core={core}", "-o", Path.Combine(folder, "calls"));
    }

    private void Rustc(string crate, params string[] arguments) =>
        Tool.Require(
            workspace, Advice, tools.Rustc!,
            ["--edition", "2021", "-O", "-D", "warnings", "-C", "strip=debuginfo", .. arguments, $"tests/bench/peers/rust_host/{crate}.rs"]);

    private void Managed() =>
        Tool.Require(
            workspace, Advice, "dotnet", "build", SolutionFile.Write(workspace, "bench-managed", s_managedProjects.Select(project => Path.Combine(workspace.Root, project))),
            "--configuration", "Release", "-nologo", "-v:quiet", "-p:ShouldUnsetParentConfigurationAndPlatform=false");
}
