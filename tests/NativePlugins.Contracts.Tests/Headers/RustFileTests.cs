using System.Diagnostics;
using System.Text.RegularExpressions;
using NativePlugins.Contracts.Generators;
using NativePlugins.Contracts.Tests.Calls;
using NativePlugins.Contracts.Tests.Generation;

namespace NativePlugins.Contracts.Tests.Headers;

/// <summary>The Rust file of a project's contracts.</summary>
public sealed class RustFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("np-rust-").FullName;

    [RustFact]
    public void Contracts_that_share_data_and_take_each_other_are_one_file() => Compile(
        """
        [PluginContract("x.a")] public partial interface IA { D? Get(List<D> items, IB? other); ValueTask<string?> Wait(int? count, IB other); IB Open(); }
        [PluginContract("x.b")] public partial interface IB : IDisposable { string? Get(D item, (int, D?) pair, Guid? id); ValueTask<D> Wait(Dictionary<string, D> items); void Take(IA a, IB b); ValueTask<IB?> Move(IB? other, Func<D, Task<D?>> move); }
        [PluginData] public partial record D(string Name, D? Next, IReadOnlyList<D> Items, E? Other);
        [PluginData] public partial record F(string? Name, D? Next);
        [PluginData] public abstract partial record J(int Number);
        [PluginDataCase(1)] public sealed partial record K(int Number) : J(Number);
        [PluginData] public partial record L(J J);
        [PluginContract("x.l")] public partial interface IL { L Get(L item, J other); }
        [PluginDataCase(1)] public sealed partial record G(string? Name, D? Next, E? Other, IReadOnlyList<F> Items) : F(Name, Next);
        [PluginDataCase(2)] public sealed partial record H(string? Name, D? Next) : F(Name, Next);
        [PluginData] public partial record E(D Owner, decimal? Price, IReadOnlyDictionary<Guid, D[]?> Groups, F? Some, (F, G?)[] Pairs);
        """);

    [RustFact]
    public void Members_and_types_may_have_any_name() => Compile(
        """
        [PluginContract("x.a")] public partial interface IA { Box Get(Box context, List<string> error, Self @this, Loop loop, string match, string np, string take); string Dispose(); ValueTask Finish(); void Type(ref string? @ref); }
        [PluginContract("x.result")] public partial interface IResult : IA, IAsyncDisposable { IResult? New(IAsync a, int __function, string take); }
        [PluginContract("x.async")] public partial interface IAsync { Box New(string take, string self, string np_taken, string np_result); }
        [PluginData] public partial class Box
        {
            public int @class { get; set; }
            public int StructSize { get; set; }
            public string Fn { get; set; } = "";
            public bool Size { get; set; }
            public string? Items { get; set; }
            public Box? Impl { get; set; }
            public int Ünicode { get; set; }
            public Option? Option { get; set; }
        }

        [PluginData] public abstract partial class Option { public int Tag { get; set; } public string Value { get; set; } = ""; public int New { get; set; } }
        [PluginDataCase(1)] public sealed partial class Some : Option { public int Tag2 { get; set; } }
        [PluginDataCase(2)] public sealed partial class Self : Option { public int Size { get; set; } }
        [PluginDataCase(3)] public sealed partial class Itself : Option;
        public enum Loop : sbyte { None = -1, Move, Self, Crate = 7 }
        """);

    [RustFact]
    public void Delegates_events_and_streams_of_a_base_are_those_of_what_derives_from_it() => Compile(CppFileTests.Derived);

    [RustFact]
    public void Types_of_one_name_in_two_namespaces_are_two() => Compile(
        """
        namespace One { [PluginData] public partial record Name(string A); public record struct Point(int X); }
        namespace Two { [PluginData] public partial record Name(string A); public record struct Point(int X); }
        [PluginContract("x.a")] public partial interface IA { void Use(One.Name a, Two.Name b, One.Point c, Two.Point d); }
        """);

    [RustFact]
    public void The_example_of_the_documentation_compiles()
    {
        string plugin = Examples("docs/contracts-rust.md", "rust")[0]
            .Replace("mod native_plugins;", $"#[path = \"{Module}\"]\nmod native_plugins;", StringComparison.Ordinal)
            .Replace("…/include/shop_contracts.rs", "x.rs", StringComparison.Ordinal);

        Compile(
            """
            namespace Shop { [PluginContract("shop.directory")] public partial interface IDirectory { Person? Find(string name); }
            [PluginData] public partial record Person(string Name, int Age, IReadOnlyList<string> Tags); }
            """,
            plugin);
    }

    [RustFact]
    public void The_example_of_a_stream_compiles() => Compile(
        "[PluginContract(\"x.library\")] public partial interface ILibrary { System.IO.Stream Open(string name); System.IO.Stream? OpenFile(string name); void Archive(System.IO.Stream target); }",
        $$"""
        #[path = "{{Module}}"]
        mod native_plugins;
        mod x;

        use native_plugins::contracts::{self as np, Contract};
        use native_plugins::{abi::np_host, plugin, Error, Plugin};
        use std::fs::File;
        use std::io::{Cursor, Read, Write};
        use std::sync::{Arc, Mutex};
        use x::*;

        struct Pages { at: Mutex<Cursor<Vec<u8>>> }
        struct Reading;

        {{Examples("docs/contracts-rust.md", "rust")[1]}}

        impl Plugin for Reading {
            const HAS_COMMAND: bool = false;
            const CONTRACTS: &'static [Contract<Self>] = &[Contract::of::<LibraryTable>()];

            fn create(_host: &np_host) -> Result<Self, Error> {
                Ok(Reading)
            }
        }

        plugin!(Reading, id: "reading", name: "Reading", version: "1.0.0", flags: 0);

        """);

    [Fact]
    public void A_shape_that_Rust_does_not_know_crosses_as_it_is_in_C()
    {
        var types = new RustTypes(new RustNames([]), new Dictionary<string, DataModel>());

        RustParameter parameter = RustParameter.Of(new ParameterModel("x", "x", new NewShape(), false, ""), false, types);

        Assert.Equal([("x", "*const c_void"), ("x_length", "usize")], parameter.Native);
        Assert.Null(parameter.Passed);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The blocks of a language on a page.</summary>
    internal static string[] Examples(string page, string language) =>
        [.. Regex.Matches(File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n"), $"```{language}\n(.*?)\n```", RegexOptions.Singleline).Select(block => block.Groups[1].Value)];

    private static string Module => Repository.PathOf("plugins-native/sdk/rust/native_plugins.rs");

    private void Compile(string source, string? root = null)
    {
        File.WriteAllText(Path.Combine(_folder, "x.rs"), ContractCompilation.Rust(source));
        File.WriteAllText(Path.Combine(_folder, "root.rs"), root ?? $"#[path = \"{Module}\"]\nmod native_plugins;\nmod x;\n");

        ProgramRun run = ProgramRun.Of(new ProcessStartInfo(
            "rustc", ["--edition", "2021", "--crate-type", "cdylib", "--emit", "metadata", "-D", "warnings", "-o", Path.Combine(_folder, "root.rmeta"), Path.Combine(_folder, "root.rs")]));

        Assert.Equal("", run.Error);
    }

    private sealed record NewShape : ParameterShape
    {
        public override string Declared => "";

        public override string Signature => "";

        public override IReadOnlyList<string> Native => ["void*", "nuint"];

        public override IEnumerable<string> C(string name) => [$"const np_new *{name}", $"size_t {name}_length"];

        public override IEnumerable<string> Passed(string name, bool isAsync) => [];

        public override string Taken(string name, bool isAsync) => "";
    }
}
