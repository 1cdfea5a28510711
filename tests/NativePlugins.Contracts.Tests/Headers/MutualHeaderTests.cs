using Microsoft.CodeAnalysis;
using NativePlugins.Contracts.Generators;
using NativePlugins.Contracts.Tests.Generation;

namespace NativePlugins.Contracts.Tests.Headers;

/// <summary>The headers of contracts that take each other.</summary>
public sealed class MutualHeaderTests : IDisposable
{
    private const string Pair = "[PluginContract(\"x.a\")] public partial interface IA { void Use(IB b); } [PluginContract(\"x.b\")] public partial interface IB { void Use(IA? a); }";

    private const string Ring =
        "[PluginContract(\"x.a\")] public partial interface IA { void Use(IB b, ILeaf leaf); } [PluginContract(\"x.b\")] public partial interface IB { void Use(IC c); } "
        + "[PluginContract(\"x.c\")] public partial interface IC { ValueTask Use(IA a, IB b, IC c); } [PluginContract(\"x.leaf\")] public partial interface ILeaf { void Do(); }";

    private const string Derived =
        "[PluginContract(\"x.a\")] public partial interface IA { void Use(IB b); } [PluginContract(\"x.b\")] public partial interface IB { void Use(IC c); } "
        + "[PluginContract(\"x.c\")] public partial interface IC : IA { void Take(IA a); }";

    private const string Self = "[PluginContract(\"x.a\")] public partial interface IA { void Use(IA other); }";

    private const string Delegates =
        "[PluginContract(\"x.a\")] public partial interface IA { void Use(Func<IB, IA, bool> use); } [PluginContract(\"x.b\")] public partial interface IB : IDisposable { void Use(Action<Action<IA>> use); "
        + "event Action<IA> E; event EventHandler F; event Action<string, int[]> G; IA Make(); System.IO.Stream Open(System.IO.Stream? from); ValueTask<System.IO.Stream> OpenLater(); }";

    private readonly string _folder = Directory.CreateTempSubdirectory("np-headers-").FullName;

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (string compiler in new[] { "cc -x c -std=c99", "c++ -x c++ -std=c++17" })
            {
                cases.Add(compiler, Pair, "x_a_1");
                cases.Add(compiler, Pair, "x_b_1");
                cases.Add(compiler, Ring, "x_a_1");
                cases.Add(compiler, Ring, "x_b_1");
                cases.Add(compiler, Ring, "x_c_1");
                cases.Add(compiler, Derived, "x_a_1");
                cases.Add(compiler, Derived, "x_b_1");
                cases.Add(compiler, Derived, "x_c_1");
                cases.Add(compiler, Self, "x_a_1");
                cases.Add(compiler, Delegates, "x_a_1");
                cases.Add(compiler, Delegates, "x_b_1");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Headers_of_contracts_that_take_each_other_compile_whichever_comes_first(string compiler, string source, string first)
    {
        string[] names = Write(source);
        string skeletons = string.Concat(names.Select(name => $"#define {name.ToUpperInvariant()}_SKELETON\n"));
        string uses = string.Concat(names.Select(name => $"    total += {name}_table.minor;\n"));

        string errors = Compile(compiler, $"{skeletons}#include \"{first}.h\"\n{Includes(names)}unsigned use(void);\nunsigned use(void) {{\n    unsigned total = 0;\n{uses}    return total;\n}}\n");

        Assert.True(errors.Length == 0, errors);
    }

    [Fact]
    public void The_header_of_one_brings_those_of_the_others()
    {
        Write(Pair);

        string errors = Compile(
            "cc -x c -std=c99", "#include \"x_a_1.h\"\nint32_t use(const x_a_1 *a, const x_b_1 *b);\nint32_t use(const x_a_1 *a, const x_b_1 *b) { return a->use(a->context, b, NULL) + b->use(b->context, a, NULL); }\n");

        Assert.True(errors.Length == 0, errors);
    }

    [Fact]
    public void What_a_helper_takes_makes_no_ring_of_it()
    {
        string header = Header("[PluginContract(\"x.a\")] public partial interface IA { void Use(IB b); } [PluginContract(\"x.b\")] public partial interface IB { void Do(); sealed void Help(IA a) { } }", "IA");

        Assert.Contains("#include \"native_plugins.h\"\n#include \"x_b_1.h\"\n", header, StringComparison.Ordinal);
        Assert.Contains("const x_b_1 *b", header, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Write(string source)
    {
        INamedTypeSymbol[] types = [.. ContractCompilation.Of(source).GetSymbolsWithName(name => name[0] == 'I', SymbolFilter.Type).OfType<INamedTypeSymbol>()];
        return [.. types.Select(type =>
        {
            ContractModel model = ContractReader.Read(type, ContractAttribute.Of(type)!, out _)!;
            File.WriteAllText(Path.Combine(_folder, $"{model.CName}.h"), HeaderText.Of(model));
            return model.CName;
        })];
    }

    private static string Header(string source, string name)
    {
        INamedTypeSymbol type = ContractCompilation.Of(source).GetSymbolsWithName(name, SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();
        return HeaderText.Of(ContractReader.Read(type, ContractAttribute.Of(type)!, out _)!);
    }

    private static string Includes(string[] names) => string.Concat(names.Select(name => $"#include \"{name}.h\"\n"));

    private string Compile(string compiler, string source) => HostileNames.Run(
        [.. compiler.Split(' '), "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", Repository.PathOf("abi"), "-I", _folder, "-"], source).Errors;
}
