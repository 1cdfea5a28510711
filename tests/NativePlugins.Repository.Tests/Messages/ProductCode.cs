using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Repository.Tests.Messages;

/// <summary>The sources of one project of the product, compiled to be asked what its expressions mean.</summary>
internal sealed class ProductCode
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly string[] s_roots = ["abi/", "contracts/", "host/", "plugins-native/sdk/"];

    // The runtime's own assemblies, and those that this project references, serve as references.
    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("NativePlugins.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly CSharpCompilation _compilation;
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];

    private ProductCode(string folder, IEnumerable<MetadataReference> references)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.Preview);
        bool hasUsings = RepositoryFiles.Named(".csproj").Any(project =>
            project.StartsWith(folder, StringComparison.Ordinal) && !RepositoryFiles.Text(project).Contains("netstandard2.0", StringComparison.Ordinal));
        _compilation = CSharpCompilation.Create(
            Path.GetFileName(folder.TrimEnd('/')),
            RepositoryFiles.Named(".cs").Where(file => file.StartsWith(folder, StringComparison.Ordinal))
                .Select(file => CSharpSyntaxTree.ParseText(RepositoryFiles.Text(file), parsing, file))
                .Prepend(CSharpSyntaxTree.ParseText(hasUsings ? Usings : "", parsing)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>Every project of the product, each with the others as references.</summary>
    public static IReadOnlyList<ProductCode> All { get; } = Compile();

    public IEnumerable<SyntaxTree> Trees => _compilation.SyntaxTrees;

    public SemanticModel ModelOf(SyntaxTree tree) =>
        _models.TryGetValue(tree, out SemanticModel? model) ? model : _models[tree] = _compilation.GetSemanticModel(tree);

    public bool Has(SyntaxNode node) => _compilation.ContainsSyntaxTree(node.SyntaxTree);

    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => Trees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<T>());

    /// <summary>host/X/Y.cs:12</summary>
    public static string PlaceOf(SyntaxNode node) =>
        $"{node.SyntaxTree.FilePath}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    private static List<ProductCode> Compile()
    {
        string[] folders =
        [
            .. RepositoryFiles.Named(".csproj").Where(file => s_roots.Any(root => file.StartsWith(root, StringComparison.Ordinal)))
                .Where(file => !file.Contains("/content/", StringComparison.Ordinal) && !file.Contains("/samples/", StringComparison.Ordinal))
                .Select(file => file[..(file.LastIndexOf('/') + 1)]),
        ];
        ImmutableArray<MetadataReference> known = s_references;
        var all = new List<ProductCode>();
        foreach (string folder in folders)
        {
            var code = new ProductCode(folder, known);
            all.Add(code);
            known = known.Add(code._compilation.ToMetadataReference());
        }

        return all;
    }
}
