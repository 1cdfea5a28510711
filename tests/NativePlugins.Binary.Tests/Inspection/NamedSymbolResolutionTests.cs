using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>Forwarders and re-exports, in libraries that exist only in this test.</summary>
public sealed class NamedSymbolResolutionTests
{
    private static readonly BinaryTarget s_target = new(BinaryFormat.Pe, 64, true, "x86-64", "Windows");

    private readonly Dictionary<string, (BinaryImage Image, BinarySymbols Symbols)> _files = new(StringComparer.OrdinalIgnoreCase);

    [Theory]
    [InlineData("target.real", true)]
    [InlineData("target.#3", true)]
    [InlineData("target.absent", false)]
    [InlineData("target.#4", false)]
    [InlineData("nowhere.real", false)]
    [InlineData("api-ms-win-core-file-l1-2-0.CreateFileW", true)]
    [InlineData("nonsense", false)]
    public void A_forwarded_function_is_defined_where_it_leads_to(string forwarder, bool isDefined)
    {
        Put("plugin.dll", needed: ["helper.dll"], open: [("f", "helper.dll")]);
        Put("helper.dll", exports: [new("f", null, false, null) { Ordinal = 1, Forwarder = forwarder }]);
        Put("target.dll", exports: [new("real", null, false, null) { Ordinal = 3 }]);

        Assert.Equal(isDefined ? [] : ["f"], Missing());
    }

    [Fact]
    public void Forwarders_in_a_circle_end()
    {
        Put("plugin.dll", needed: ["helper.dll"], open: [("f", "helper.dll")]);
        Put("helper.dll", exports: [new("f", null, false, null) { Forwarder = "helper.f" }]);

        Assert.Empty(Missing());
    }

    [Fact]
    public void Names_of_a_library_that_is_loaded_at_the_first_call_may_be_missing()
    {
        Put("plugin.dll", needed: ["helper.dll"], open: [("f", "helper.dll")], delayed: ["helper.dll"]);
        Put("helper.dll");

        Assert.Empty(Missing());
    }

    [Fact]
    public void A_library_that_re_exports_itself_under_many_names_is_searched_once()
    {
        string[] names = [.. Enumerable.Range(0, 1000).Select(i => $"absent{i}")];
        string[] spellings = [.. Enumerable.Range(0, 10).Select(i => $@"C:\p\{new string('.', i)}\helper.dll")];
        Put("plugin.dll", needed: ["helper.dll"], open: [("present", "helper.dll"), .. names.Select(name => (name, "helper.dll"))]);
        Put("helper.dll", exports: [new("present", null, false, null)], needed: spellings, reexported: spellings);
        foreach (string spelling in spellings)
        {
            _files[spelling] = _files[@"C:\p\helper.dll"];
        }

        Assert.Equal(names, Missing());
    }

    [Fact]
    public void A_name_may_come_through_a_library_that_re_exports_or_one_that_cannot_be_read()
    {
        Put("plugin.dll", needed: ["first.dll"], open: [("deep", "first.dll"), ("absent", "first.dll")]);
        Put("first.dll", needed: ["second.dll"], reexported: ["second.dll"]);
        Put("second.dll", needed: ["third.dll"], reexported: ["third.dll", "first.dll"]);
        Put("third.dll", exports: [new("deep", null, false, null)]);
        Assert.Equal(["absent"], Missing());
        Put("second.dll", needed: ["third.dll", "unreadable.dll"], reexported: ["third.dll", "unreadable.dll"]);

        Assert.Empty(Missing());
    }

    private string[] Missing()
    {
        var search = new WindowsLibrarySearch(s_target, @"C:\Windows", isWow64: true, path => Find(path)?.Image);
        DependencyTree tree = DependencyTree.Read(Find(@"C:\p\plugin.dll")!.Value.Image, search, new Dictionary<string, BinaryImage>());
        var resolution = new NamedSymbolResolution(
            tree, image => new LibraryNames(Find(image.Path)!.Value.Symbols), (name, by, _) => search.Find(name, new LoadChain(by, null), []));
        return [.. resolution.FindMissing().Select(missing => missing.Symbol.Name)];
    }

    private (BinaryImage Image, BinarySymbols Symbols)? Find(string path) =>
        _files.TryGetValue(path, out (BinaryImage Image, BinarySymbols Symbols) file) ? file : null;

    private void Put(
        string name, string[]? needed = null, (string Name, string Library)[]? open = null, BinarySymbol[]? exports = null, string[]? delayed = null,
        string[]? reexported = null)
    {
        string path = $@"C:\p\{name}";
        _files[path] = (
            new BinaryImage
            {
                Path = path,
                Status = default,
                Target = s_target,
                Kind = BinaryKind.SharedLibrary,
                Needed = needed ?? [],
                DelayedNeeded = new HashSet<string>(delayed ?? []),
                ReexportedNeeded = new HashSet<string>(reexported ?? []),
            },
            new BinarySymbols
            {
                Exports = exports ?? [],
                Undefined = [.. (open ?? []).Select(symbol => new BinarySymbol(symbol.Name, null, false, symbol.Library))],
            });
    }
}
