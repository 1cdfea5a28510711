namespace NativePlugins.EndToEnd.Tests;

/// <summary>The places of the repository, and what the build has left there.</summary>
internal static class Repository
{
    private const string BuildIt = "run ./build.sh test, which builds it first";

    public static string Root => RepositoryRoot.Folder;

    /// <summary>dist/, with the host and the sample plugins in it.</summary>
    public static string Dist => Path.GetDirectoryName(Host)!;

    /// <summary>The published executable.</summary>
    public static string Host => Built("dist/host", "run ./build.sh build");

    /// <summary>The C# plugin that only tests need (tests/fixtures/csharp/probe).</summary>
    public static string Probe => Built("artifacts/fixtures/libprobe.so", BuildIt);

    /// <summary>The C# plugin that tries what sandboxes and limits forbid (tests/fixtures/csharp/confined).</summary>
    public static string Confined => Built("artifacts/fixtures/libconfined.so", BuildIt);

    /// <summary>Version 2 of the sample counter (tests/fixtures/csharp/counter_2).</summary>
    public static string Counter2 => Built("artifacts/fixtures/libcounter_2.so", BuildIt);

    /// <summary>tests/apps/embedder, compiled with NativeAOT.</summary>
    public static string NativeEmbedder => Built("artifacts/fixtures/embedder", BuildIt);

    /// <summary>tests/apps/hosting_app, compiled with NativeAOT.</summary>
    public static string HostingApplication => Built("artifacts/fixtures/hosting_app", BuildIt);

    /// <summary>The same program for the JIT, in the configuration of this test run.</summary>
    public static string ManagedEmbedder =>
        Built($"artifacts/bin/embedder_jit/{new DirectoryInfo(AppContext.BaseDirectory).Name}/embedder_jit.dll", BuildIt);

    /// <summary>tests/apps/torture, compiled with NativeAOT.</summary>
    public static string Torture => Built("artifacts/fixtures/torture", BuildIt);

    /// <summary>tests/apps/storm, compiled with NativeAOT.</summary>
    public static string Storm => Built("artifacts/fixtures/storm", BuildIt);

    /// <summary>tests/fixtures/csharp/torture_cs.</summary>
    public static string TorturePluginInCSharp => Built("artifacts/fixtures/libtorture_cs.so", BuildIt);

    /// <summary>tests/fixtures/csharp/contract_probe, which offers the tests' contracts.</summary>
    public static string ContractProbe => Built("artifacts/fixtures/libcontract_probe.so", BuildIt);

    /// <summary>The headers of the tests' contracts, which their build has written.</summary>
    public static string ContractHeaders => Path.GetDirectoryName(Built("artifacts/bin/NativePlugins.TestContracts/release_net10.0/include/test_archive_1.h", BuildIt))!;

    /// <summary>host/samples/imagetool, compiled with NativeAOT, with its filters beside it.</summary>
    public static string ImageTool => Built("dist/samples/imagetool/imagetool", BuildIt);

    /// <summary>host/samples/logpipe, compiled with NativeAOT, with its plugins beside it.</summary>
    public static string LogPipe => Built("dist/samples/logpipe/logpipe", BuildIt);

    /// <summary>The assembly of a plugin in C#, as a build leaves it: with what it references beside it.</summary>
    public static string AssemblyOf(string plugin) => Directory.GetDirectories(PathOf($"artifacts/bin/{plugin}"), "release*")
        .Select(directory => Path.Combine(directory, plugin + ".dll")).First(File.Exists);

    public static string Tool => Built("artifacts/bin/NativePlugins.Tool/release/nplugin.dll", "run ./build.sh pack");

    public static string PathOf(string path) => RepositoryRoot.PathOf(path);

    private static string Built(string path, string advice) =>
        File.Exists(TestTarget.PathOf(path)) ? TestTarget.PathOf(path) : throw new FileNotFoundException($"{path} is missing: {advice}.");
}
