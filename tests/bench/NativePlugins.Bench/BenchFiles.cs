using System.Runtime.InteropServices;

namespace NativePlugins.Bench;

/// <summary>Where the build has put what is measured. Peers in Rust are missing where rustc is.</summary>
internal sealed class BenchFiles
{
    private readonly string _root;

    private BenchFiles(string root) => _root = root;

    public string Results => Path.Combine(_root, "artifacts", "bench", "results.json");

    public string Runner => Natives("runner");

    /// <summary>Our host, its C# plugin, and the C plugin that does the same.</summary>
    public string Host => Path.Combine(_root, "dist", "host");

    /// <summary>The same as a .NET tool, under the JIT.</summary>
    public string HostTool => Path.Combine(Managed("NativePlugins.Tool"), "nplugin.dll");

    public string HelloWorld => Library(Path.Combine(_root, "dist"), "hello_world");

    public string HelloC => Library(Path.Combine(_root, "dist"), "hello_c");

    /// <summary>dlopen and first call from C.</summary>
    public string Bare => Natives("bare");

    /// <summary>A NativeAOT program that opens the C# plugin without the host's library.</summary>
    public string AotHost => Natives("Peer.AotHost");

    public string RustHost => Path.Combine(Peers, "rust_host", "app");

    /// <summary>Calls the Rust plugin's trait object, and prints how long that takes.</summary>
    public string RustCalls => Path.Combine(Peers, "rust_host", "calls");

    public string RustPlugin => Library(Path.Combine(Peers, "rust_host"), "hello_world");

    /// <summary>The source of that plugin, and what it is compiled against.</summary>
    public string RustSource => Path.Combine(_root, "tests", "bench", "peers", "rust_host", "hello_world.rs");

    public string RustCore => Path.Combine(Peers, "rust_host", "libapp_core.rlib");

    public string AlcHost => Path.Combine(Managed("Peer.Host"), "Peer.Host");

    public string AlcPlugin => Path.Combine(Managed("Peer.Plugin"), "Peer.Plugin.dll");

    /// <summary>The measuring program, compiled to native code and for the JIT, and the two plugins that it calls.</summary>
    public string CallsAot => Natives("NativePlugins.Bench.Calls");

    public string CallsJit => Path.Combine(Managed("NativePlugins.Bench.Calls.Jit"), "NativePlugins.Bench.Calls.Jit");

    public string AddInC => Library(Path.Combine(_root, "artifacts", "bench", "bin"), "counters");

    public string AddInCSharp => Library(Path.Combine(_root, "artifacts", "bench", "bin"), "add");

    /// <summary>The plugins with the tests' contracts, and the COM object to compare with.</summary>
    public string ContractInC => Library(Path.Combine(_root, "artifacts", "bench", "bin"), "contract_c");

    public string ContractInCSharp => Library(Path.Combine(_root, "artifacts", "bench", "bin"), "contract_probe");

    public string ComAdd => Library(Path.Combine(_root, "artifacts", "bench", "bin"), "com_add");

    /// <summary>The managed assembly of the sample plugin that counts its runs.</summary>
    public string ManagedCounter => Directory.GetDirectories(Path.Combine(_root, "artifacts", "bin", "counter"), "release*")
        .Select(directory => Path.Combine(directory, "counter.dll")).First(File.Exists);

    /// <summary>Where the projects lie whose sources are edited.</summary>
    public string EditProject => Path.Combine(_root, "artifacts", "bench", "edited");

    /// <summary>The same plugin with little and with much code and debug information: 1.2 MB and 100 MB.</summary>
    public string Small => Library(Path.Combine(_root, "artifacts", "bench", "bin"), "padded_small");

    public string Large => Library(Path.Combine(_root, "artifacts", "bench", "bin"), "padded_large");

    /// <summary>A plugin of 1.9 MB with 10,000 exported functions and as many relocations.</summary>
    public string Exporting => Library(Path.Combine(_root, "artifacts", "bench", "bin"), "exporting");

    private string Peers => Path.Combine(_root, "artifacts", "bench", "peers");

    public static BenchFiles Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "NativePlugins.sln")))
            {
                return new BenchFiles(directory.FullName);
            }
        }

        throw new InvalidOperationException("NativePlugins.sln was not found above this program: start it with ./build.sh bench.");
    }

    /// <summary>A source of a sample plugin.</summary>
    public string SourceOf(string plugin, string source) => Path.Combine(_root, "plugins-native", plugin, source);

    /// <summary>The path as a person would type it from the root.</summary>
    public string Relative(string path) => Path.GetRelativePath(_root, path);

    private string Natives(string name) => Path.Combine(_root, "artifacts", "bench", "bin", name);

    private string Managed(string project) => Path.Combine(_root, "artifacts", "bin", project, "release");

    private static string Library(string folder, string stem) =>
        Path.Combine(folder, RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? $"lib{stem}.dylib" : $"lib{stem}.so");
}
