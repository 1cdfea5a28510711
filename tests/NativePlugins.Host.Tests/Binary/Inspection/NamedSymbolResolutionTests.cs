namespace NativePlugins.Host.Tests.Binary.Inspection;

/// <summary>Forwarders and re-exports, over libraries that exist nowhere but here.</summary>
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
        string name, string[]? needed = null, (string Name, string Library)[]? open = null, BinarySymbol[]? exports = null, string[]? delayed = null)
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
            },
            new BinarySymbols
            {
                Exports = exports ?? [],
                Undefined = [.. (open ?? []).Select(symbol => new BinarySymbol(symbol.Name, null, false, symbol.Library))],
            });
    }
}
