using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NativePlugins.Tests;

/// <summary>What the tests of a generator compile their sources with.</summary>
internal static class TestCompilation
{
    public static CSharpParseOptions Parsing { get; } = new(LanguageVersion.CSharp13);

    public static SyntaxTree Tree(string source) => CSharpSyntaxTree.ParseText(source, Parsing);

    /// <summary>
    /// A library and the runtime's own assemblies, which serve as references: reference assemblies need a package that not every
    /// feed keeps.
    /// </summary>
    public static ImmutableArray<MetadataReference> ReferencesWith(Assembly library) =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(library.Location)
            .DistinctBy(Path.GetFileName)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>A file that is embedded into the tests.</summary>
    public static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
