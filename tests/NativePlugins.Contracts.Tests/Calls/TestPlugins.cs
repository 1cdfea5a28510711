using System.Diagnostics;
using System.Runtime.InteropServices;
using NativePlugins.Host;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>The plugins of the tests: in C, compiled here on the generated headers, and in C#, compiled by NativeAOT with the fixtures.</summary>
public class TestPlugins : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("np-contracts-").FullName;
    private readonly Dictionary<string, Plugin> _loaded = [];
    private readonly PluginHost _host;

    public TestPlugins()
        : this(PluginChecks.Host(new Store()))
    {
    }

    private protected TestPlugins(PluginHost host) => _host = host;

    /// <summary>Those that every system has: isolated, they need no more of them.</summary>
    public static string[] CommonNames { get; } = ["contract_c", "contract_probe"];

    public static string[] Names { get; } = [.. CommonNames, .. CppCompiler.IsHere ? ["contract_cpp"] : (string[])[], .. RustCompiler.IsHere ? ["contract_rust"] : (string[])[]];

    public static string[] OldNames { get; } = ["old_evolving_c", "old_evolving"];

    public Plugin this[string name]
    {
        get
        {
            lock (_loaded)
            {
                if (!_loaded.TryGetValue(name, out Plugin? plugin))
                {
                    plugin = _host.Load(PathOf(name));
                    _loaded.Add(name, plugin);
                }

                return plugin;
            }
        }
    }

    public string PathOf(string name) => name switch
    {
        "contract_c" => Compile(name, "contract_c.c", Repository.HeaderDirectory),
        "contract_cpp" => CompileCpp(name),
        "contract_rust" => CompileRust(name),
        "rogue_c" => Compile(name, "rogue_c.c", Repository.HeaderDirectory),
        ObjectRuleChecks.PluginId => Compile(name, "misbehaving_objects.c", Repository.HeaderDirectory),
        EventRuleChecks.PluginId => Compile(name, "misbehaving_events.c", Repository.HeaderDirectory),
        StreamRuleChecks.PluginId => Compile(name, "misbehaving_streams.c", Repository.HeaderDirectory),
        "old_evolving_c" => Compile(name, "old_evolving.c", Repository.PathOf("tests/contracts/NativePlugins.FrozenContracts")),
        _ => TestTarget.PathOf($"artifacts/fixtures/{Library(name)}"),
    };

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static string Library(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    private string Compile(string name, string source, string headers)
    {
        string library = Path.Combine(_folder, Library(name));
        if (!File.Exists(library))
        {
            Build(library, Repository.PathOf($"tests/contracts/{source}"), headers);
        }

        return library;
    }

    private string CompileCpp(string name)
    {
        string library = Path.Combine(_folder, Library(name));
        if (!File.Exists(library))
        {
            CppCompiler.Build(library, Repository.PathOf($"tests/contracts/cpp/{name}.cpp"));
        }

        return library;
    }

    private string CompileRust(string name)
    {
        string library = Path.Combine(_folder, Library(name));
        if (!File.Exists(library))
        {
            RustCompiler.Build(library, "cdylib", Repository.PathOf($"tests/contracts/rust/{name}.rs"));
        }

        return library;
    }

    internal static void Build(string library, string source, string headers, params string[] flags)
    {
        string[] arguments =
        [
            "-std=c99", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-fvisibility=hidden", "-pthread", .. flags,
            "-I", Repository.PathOf("abi"), "-I", Repository.PathOf("tests/fixtures"), "-I", headers, "-o", library, source,
        ];
        ProgramRun run = ProgramRun.Of(new ProcessStartInfo(TestTarget.C, arguments));
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException(run.Error);
        }
    }
}
