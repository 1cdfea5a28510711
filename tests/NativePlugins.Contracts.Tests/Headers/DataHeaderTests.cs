using Microsoft.CodeAnalysis;
using NativePlugins.Contracts.Generators;
using NativePlugins.Contracts.Tests.Generation;

namespace NativePlugins.Contracts.Tests.Headers;

/// <summary>The headers of contracts with data.</summary>
public sealed class DataHeaderTests : IDisposable
{
    private const string Shared = """
        [PluginContract("x.a")] public partial interface IA { D? Get(List<D> items); ValueTask<string?> Wait(int? count); }
        [PluginContract("x.b")] public partial interface IB { string? Get(D item, (int, D?) pair, Guid? id); ValueTask<D> Wait(Dictionary<string, D> items); }
        [PluginData] public partial record D(string Name, D? Next, IReadOnlyList<D> Items, E? Other);
        [PluginData] public partial record F(string? Name, D? Next);
        [PluginDataCase(1)] public sealed partial record G(string? Name, D? Next, E? Other, IReadOnlyList<F> Items) : F(Name, Next);
        [PluginDataCase(2)] public sealed partial record H(string? Name, D? Next) : F(Name, Next);
        [PluginData] public partial record E(D Owner, decimal? Price, IReadOnlyDictionary<Guid, D[]?> Groups, F? Some, (F, G?)[] Pairs);
        """;

    private const string Names = """
        [PluginContract("x.a")] public partial interface IA { D Get(D context, List<string> error); }
        [PluginData] public partial class D
        {
            public int @class { get; set; }
            public int StructSize { get; set; }
            public string Linux { get; set; } = "";
            public bool Size { get; set; }
            public string? Items { get; set; }
            public D? @struct { get; set; }
            public int Ünicode { get; set; }
            public B? B { get; set; }
        }

        [PluginData] public abstract partial class B { public int Tag { get; set; } public string Value { get; set; } = ""; }
        [PluginDataCase(1)] public sealed partial class @class : B { public int Tag2 { get; set; } }
        [PluginDataCase(2)] public sealed partial class Linux : B { public int Size { get; set; } }
        [PluginDataCase(3)] public sealed partial class Any : B;
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("np-headers-").FullName;

    public static TheoryData<string, string> Cases => new()
    {
        { "cc -x c -std=c99", "#include \"x_a_1.h\"\n#include \"x_b_1.h\"\n" },
        { "cc -x c -std=c99", "#include \"x_b_1.h\"\n#include \"x_a_1.h\"\n" },
        { "c++ -x c++ -std=c++17", "#include \"x_a_1.h\"\n#include \"x_b_1.h\"\n" },
        { "c++ -x c++ -std=c++17", "#include \"x_b_1.h\"\n#include \"x_a_1.h\"\n" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Contracts_that_share_data_compile_whichever_comes_first(string compiler, string includes)
    {
        Write(Shared);

        Assert.Equal("", Compile(compiler, $"{includes}int32_t use(const d *data, const np_sink *sink);\nint32_t use(const d *data, const np_sink *sink) {{ return d_put(sink, data->items.count > 0 ? data->items.items[0]->next : data->other->owner); }}\n"));
    }

    [Theory]
    [InlineData("cc -x c -std=c99")]
    [InlineData("c++ -x c++ -std=c++17")]
    public void Members_may_have_any_name(string compiler)
    {
        Write(Names);

        Assert.Equal("", Compile(compiler, "#define X_A_1_SKELETON\n#include \"x_a_1.h\"\nuint32_t use(void);\nuint32_t use(void) { return x_a_1_table.minor; }\n"));
    }

    [Theory]
    [InlineData("[PluginData] public partial record D(string NpText, string Other);", "'np_text'")]
    [InlineData("[PluginData] public partial record D(long A, List<D> B); public record struct DList(int A); [PluginData] public partial record E(DList List);", "'d_list'")]
    [InlineData("[PluginData] public partial record D(long A); [PluginData] public partial record DNew(long A); [PluginData] public partial record E(DNew Other);", "'d_new'")]
    [InlineData("[PluginData] public partial record D(byte A, long Reserved_5);", "'reserved_5' is a name of the generated code")]
    public async Task Names_that_would_be_in_the_way_of_others_are_refused(string data, string message)
    {
        string parameters = data.Contains("record E", StringComparison.Ordinal) ? "D value, E other" : "D value";

        string error = Assert.Single(await ContractCompilation.Analyze($"[PluginContract(\"x.a\")] public partial interface IA {{ void Use({parameters}); }}\n{data}"));

        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/// <summary>A person.</summary>", "Person? Find(string name);", "find")]
    [InlineData("/// <summary>How somebody pays.</summary>", "void Check(Payment payment);", "check")]
    public void The_examples_of_the_documentation_compile(string data, string member, string function)
    {
        string page = File.ReadAllText(Repository.PathOf("docs/contracts.md")).ReplaceLineEndings("\n");
        string body = Block(page, $"static int32_t NP_CALL {function}(");
        string source = $"namespace Shop {{ [PluginContract(\"x.a\")] public partial interface IA {{ {member} }}\n{Block(page, data)} }}";

        Assert.Empty(ContractCompilation.Compile(source));
        Write(source);
        Assert.Equal("", Compile("cc -x c -std=c99", $"#include \"x_a_1.h\"\n{body}\nstatic const x_a_1 table = {{X_A_1_PREFIX(NULL), {function}}};\nuint32_t use(void);\nuint32_t use(void) {{ return table.minor; }}\n"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Block(string page, string start)
    {
        int from = page.IndexOf(start, StringComparison.Ordinal);
        return page[from..page.IndexOf("\n```", from, StringComparison.Ordinal)];
    }

    private void Write(string source)
    {
        foreach (INamedTypeSymbol type in ContractCompilation.Of(source).GetSymbolsWithName(name => name is "IA" or "IB", SymbolFilter.Type).OfType<INamedTypeSymbol>())
        {
            ContractModel model = ContractReader.Read(type, ContractAttribute.Of(type)!, out _)!;
            File.WriteAllText(Path.Combine(_folder, $"{model.CName}.h"), HeaderText.Of(model));
        }
    }

    private string Compile(string compiler, string source) => HostileNames.Run(
        [.. compiler.Split(' '), "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", Repository.PathOf("abi"), "-I", _folder, "-"], source).Errors;
}
