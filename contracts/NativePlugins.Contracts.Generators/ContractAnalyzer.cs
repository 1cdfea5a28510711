using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NativePlugins.Contracts.Generators;

/// <summary>Says, at the token, what cannot be in a contract and what to use instead.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        ContractRules.Shape,
        ContractRules.Id,
        ContractRules.Member,
        ContractRules.Name,
        ContractRules.Type,
        ContractRules.Field,
        ContractRules.Minor,
        ContractRules.NoDefault,
        ContractRules.FastCall,
        ContractRules.Shipped);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(
            static symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (ContractReader.AttributeOf(type) is not { } attribute)
                {
                    return;
                }

                ContractModel? model = ContractReader.Read(type, attribute, out IReadOnlyList<Problem> problems);
                foreach (Problem problem in problems)
                {
                    symbol.ReportDiagnostic(problem.ToDiagnostic());
                }

                if (model is not null)
                {
                    foreach (Problem problem in ContractRecord.Compare(model, type, symbol.Options.AdditionalFiles, symbol.CancellationToken))
                    {
                        symbol.ReportDiagnostic(problem.ToDiagnostic());
                    }
                }
            },
            SymbolKind.NamedType);
    }
}
