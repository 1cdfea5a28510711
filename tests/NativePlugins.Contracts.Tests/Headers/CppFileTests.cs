using NativePlugins.Contracts.Generators;
using NativePlugins.Contracts.Tests.Calls;
using NativePlugins.Contracts.Tests.Generation;

namespace NativePlugins.Contracts.Tests.Headers;

/// <summary>The C++ header of a project's contracts.</summary>
public sealed class CppFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("np-cpp-").FullName;

    /// <summary>Two contracts, the second of which has the members of the first, and delegates, events and streams.</summary>
    internal const string Derived =
        """
        [PluginContract("x.a")] public partial interface IA
        {
            event Action<D?> Changed;
            event EventHandler Closed;
            D? Visit(Func<D, string?> name, Action<Action<int>, IA?>? nested);
            Task<int> Count(Func<int, CancellationToken, Task<D?>> read, IAsyncEnumerable<D> items, CancellationToken cancellationToken);
            IAsyncEnumerable<string> Read(IAsyncEnumerable<int>? numbers);
            System.IO.Stream Pack(System.IO.Stream? from);
            Task<System.IO.Stream?> PackLater(System.IO.Stream from, CancellationToken cancellationToken);
            int Changing();
        }

        [PluginContract("x.b")] public partial interface IB : IA, IAsyncDisposable { IB? Copy(Func<IB, IB?> copy); event Action<int> Changing_; }
        [PluginData] public partial record D(string Name, D? Next, IReadOnlyList<D> Items);
        """;

    // With the first one the plugin of the other tests is compiled.
    [CppFact]
    public void A_plugin_compiles_with_no_warning_of_any_compiler() =>
        Assert.All(CppCompiler.All.Skip(1), compiler => Assert.Equal("", CppCompiler.Check(compiler, Repository.PathOf("tests/contracts/cpp/contract_cpp.cpp")).Error));

    [CppFact]
    public void Contracts_that_share_data_and_take_each_other_are_one_file() => Compile(
        """
        [PluginContract("x.a")] public partial interface IA { D? Get(List<D> items, IB? other); ValueTask<string?> Wait(int? count, IB other); IB Open(); }
        [PluginContract("x.b")] public partial interface IB : IDisposable { string? Get(D item, (int, D?) pair, Guid? id); ValueTask<D> Wait(Dictionary<string, D> items); void Take(IA a, IB b); }
        [PluginData] public partial record D(string Name, D? Next, IReadOnlyList<D> Items, E? Other);
        [PluginData] public partial record F(string? Name, D? Next);
        [PluginDataCase(1)] public sealed partial record G(string? Name, D? Next, E? Other, IReadOnlyList<F> Items) : F(Name, Next);
        [PluginDataCase(2)] public sealed partial record H(string? Name, D? Next) : F(Name, Next);
        [PluginData] public partial record E(D Owner, decimal? Price, IReadOnlyDictionary<Guid, D[]?> Groups, F? Some, (F, G?)[] Pairs);
        """);

    [CppFact]
    public void Members_and_types_may_have_any_name() => Compile(
        """
        [PluginContract("x.a")] public partial interface IA { T Get(T context, List<string> error, Self @this, Standard loop, string np, string std, string take); string Dispose(); ValueTask Finish(); void Type(ref string? @ref); }
        [PluginContract("x.result")] public partial interface IResult : IA, IAsyncDisposable { IResult? New(IAsync a, string proxy, string take); int Np(int np); int Std(string std); int Proxy(string result); System.IO.Stream? Stream(System.IO.Stream stream); }
        [PluginContract("x.async")] public partial interface IAsync { T New(string take, string self, Action<string> np, Func<int, int>? theSelf); event Action<T> Table; event EventHandler Dispose; IAsyncEnumerable<T> Invoke(); }
        [PluginData] public partial class T
        {
            public int @class { get; set; }
            public int StructSize { get; set; }
            public string Fn { get; set; } = "";
            public bool Size { get; set; }
            public string? Items { get; set; }
            public T? Impl { get; set; }
            public int Ünicode { get; set; }
            public Option? Option { get; set; }
        }

        [PluginData] public abstract partial class Option { public int Tag { get; set; } public string Value { get; set; } = ""; public int New { get; set; } }
        [PluginDataCase(1)] public sealed partial class Some : Option { public int Tag2 { get; set; } }
        [PluginDataCase(2)] public sealed partial class Self : Option { public int Size { get; set; } }
        [PluginDataCase(3)] public sealed partial class Itself : Option;
        public enum Standard : sbyte { None = -1, Move, Self, Crate = 7, A_B, AB }
        public enum Large : ulong { All = 18446744073709551615 }
        public enum Small : long { Least = -9223372036854775808, Most = 9223372036854775807 }
        [PluginContract("x.enums")] public partial interface IEnums { Large A(Small small); }
        """);

    [CppFact]
    public void Every_name_that_C_takes_is_one_in_Cpp() => Compile(HostileNames.Source(HostileNames.All));

    [CppFact]
    public void Delegates_events_and_streams_of_a_base_are_those_of_what_derives_from_it() => Compile(Derived);

    [CppTheory]
    [InlineData("size_t read(np::span<uint8_t>) { return 0; }", "")]
    [InlineData("int read(np::span<uint8_t>, np::cancellation) { return 0; }", "")]
    [InlineData("void write(np::span<const uint8_t>) {} void write(std::string_view) {} void flush() {}", "")]
    [InlineData("void flush() {}", "a stream has read, or write, or both")]
    [InlineData("size_t read(np::span<uint8_t>) { return 0; } void flush() {}", "flush needs write")]
    [InlineData("void write(np::span<const uint8_t>) {} int64_t seek(int64_t, np::origin) { return 0; }", "what seeks has seek and get_length")]
    [InlineData("size_t read(std::string_view) { return 0; }", "no matching function for call to")]
    public void A_stream_of_bytes_is_any_class_with_the_members_of_one(string members, string error)
    {
        const string Source = """
            [PluginContract("x.a")] public partial interface IA { System.IO.Stream Open(); Task<System.IO.Stream?> OpenLater(System.IO.Stream? from); }
            """;

        string errors = ErrorsOf(
            Source,
            plugin:
            $$"""
            #include "x.hpp"

            struct Bytes { {{members}} };
            struct Own {
                void open(np::result<np::given<np::stream>> &result) { result.put(np::make<Bytes>()); }
                void open_later(np::object<np::stream>, np::completion<np::given<np::stream>> &&completion) { (void)completion.complete(np::make<Bytes>()); }
            };

            NP_CPP_PLUGIN(Own, "own", "Own", "1.0.0", 0, NP_SERVICE(X_A_1_ID, (np::table<x::A, Own>)));

            """);

        Assert.True(error.Length == 0 ? errors.Length == 0 : errors.Contains(error, StringComparison.Ordinal), errors);
    }

    [Fact]
    public void A_proxy_does_not_call_an_asynchronous_member_that_lends_what_it_has_for_the_call_alone()
    {
        const string Source = "[PluginContract(\"x.a\")] public partial interface IA { Task Run(Action<int> progress); Task Use(IA? a); void Call(Action<int> progress, IA? a); }";

        string header = CppModule.Of(ContractCompilation.Models(Source), "x");

        string[] left = [.. header.Split('\n').Where(line => line.Contains("a proxy does not call it", StringComparison.Ordinal)).Select(line => line.Trim()[3..].Split(':')[0])];
        Assert.Equal(["run", "use"], left);
    }

    [CppFact]
    public void Types_of_one_name_in_two_namespaces_are_two() => Compile(
        """
        namespace One { [PluginData] public partial record Name(string A); public record struct Point(int X); }
        namespace Two { [PluginData] public partial record Name(string A); public record struct Point(int X); }
        [PluginContract("x.a")] public partial interface IA { void Use(One.Name a, Two.Name b, One.Point c, Two.Point d); }
        """);

    [CppFact]
    public void The_example_of_the_documentation_compiles() => Compile(
        """
        namespace Shop { [PluginContract("shop.directory")] public partial interface IDirectory { Person? Find(string name); }
        [PluginData] public partial record Person(string Name, int Age, IReadOnlyList<string> Tags); }
        """,
        "shop_contracts",
        RustFileTests.Examples("docs/contracts-cpp.md", "cpp")[0]);

    [CppFact]
    public void The_example_of_a_stream_compiles() => Compile(
        "[PluginContract(\"x.library\")] public partial interface ILibrary { System.IO.Stream Open(string name); long Archive(System.IO.Stream target); }",
        plugin:
        $"""
        #include "x.hpp"
        {RustFileTests.Examples("docs/contracts-cpp.md", "cpp")[1]}
        NP_CPP_PLUGIN(Pages, "pages", "Pages", "1.0.0", 0, NP_SERVICE(X_LIBRARY_1_ID, (np::table<x::Library, Pages>)));

        """);

    [Fact]
    public void The_header_is_written_on_request_alone()
    {
        const string Source = "[PluginContract(\"x.a\")] public partial interface IA { void Use(); }";

        Assert.DoesNotContain(".hpp", ContractCompilation.Generate(Source), StringComparison.Ordinal);
        Assert.Contains("HeaderName = \"contracts_under_test.hpp\"", ContractCompilation.Generate(Source, options: new ContractOptions("true")), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Compile(string source, string assembly = "x", string? plugin = null) => Assert.Equal("", ErrorsOf(source, assembly, plugin));

    private string ErrorsOf(string source, string assembly = "x", string? plugin = null)
    {
        ContractModel[] models = ContractCompilation.Models(source);
        File.WriteAllText(Path.Combine(_folder, $"{assembly}.hpp"), CppModule.Of(models, assembly));
        foreach (ContractModel model in models)
        {
            File.WriteAllText(Path.Combine(_folder, $"{model.CName}.h"), HeaderText.Of(model));
        }

        return Check(CppCompiler.All[0], plugin ?? $"#include \"{assembly}.hpp\"\n");
    }

    private string Check(string compiler, string text)
    {
        string path = Path.Combine(_folder, "plugin.cpp");
        File.WriteAllText(path, text);
        return CppCompiler.Check(compiler, path, _folder).Error;
    }
}
