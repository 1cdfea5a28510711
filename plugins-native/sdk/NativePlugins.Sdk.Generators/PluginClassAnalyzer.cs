using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NativePlugins.Sdk.Generators;

/// <summary>Checks that a plugin project has one plugin class, and that it can be created and described.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PluginClassAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        PluginRules.NoPluginClass,
        PluginRules.SeveralPluginClasses,
        PluginRules.NotInstantiable,
        PluginRules.NoUsableConstructor,
        PluginRules.BadId,
        PluginRules.BadVersion,
        PluginRules.BadName);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(PluginClass.AttributeName) is not { } attributeType)
            {
                return;
            }

            var found = new ConcurrentBag<INamedTypeSymbol>();
            start.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    AttributeData? attribute = type.GetAttributes().FirstOrDefault(
                        a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, attributeType));
                    if (attribute is not null)
                    {
                        found.Add(type);
                        CheckClass(symbol, type);
                        CheckTexts(symbol, type, attribute);
                    }
                },
                SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => CheckCount(end, found));
        });
    }

    private static void CheckClass(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        if (PluginClass.Obstacle(type) is { } obstacle)
        {
            context.ReportDiagnostic(Diagnostic.Create(PluginRules.NotInstantiable, type.Locations[0], type.Name, obstacle));
        }
        else if (PluginClass.Constructor(type) is null)
        {
            context.ReportDiagnostic(Diagnostic.Create(PluginRules.NoUsableConstructor, type.Locations[0], type.Name));
        }
    }

    private static void CheckTexts(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData attribute)
    {
        Location location = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).GetLocation()
            ?? type.Locations[0];
        string id = PluginClass.Id(attribute);
        if (!PluginText.IsId(id))
        {
            context.ReportDiagnostic(Diagnostic.Create(PluginRules.BadId, location, id));
        }

        string? version = PluginClass.Version(attribute);
        if (version is null || !PluginText.IsVersion(version))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                PluginRules.BadVersion, location, version is null ? "The plugin has no version" : $"\"{version}\" is no version"));
        }

        string name = PluginClass.Name(attribute);
        if (!PluginText.IsName(name) && PluginText.IsId(id))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                PluginRules.BadName, location, PluginText.NameBytes(name) == 0 && name.Length > 0 ? "no valid" : PluginText.NameBytes(name)));
        }
    }

    private static void CheckCount(CompilationAnalysisContext context, ConcurrentBag<INamedTypeSymbol> found)
    {
        if (found.IsEmpty && IsPlugin(context.Options))
        {
            context.ReportDiagnostic(Diagnostic.Create(PluginRules.NoPluginClass, Location.None));
        }

        if (found.Count > 1)
        {
            INamedTypeSymbol[] types = [.. found.OrderBy(t => t.ToDisplayString(), System.StringComparer.Ordinal)];
            string names = string.Join(", ", types.Select(t => $"'{t.ToDisplayString()}'"));
            foreach (INamedTypeSymbol type in types)
            {
                context.ReportDiagnostic(Diagnostic.Create(PluginRules.SeveralPluginClasses, type.Locations[0], names));
            }
        }
    }

    private static bool IsPlugin(AnalyzerOptions options) =>
        options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.IsNativePlugin", out string? value)
        && string.Equals(value, "true", System.StringComparison.OrdinalIgnoreCase);
}
