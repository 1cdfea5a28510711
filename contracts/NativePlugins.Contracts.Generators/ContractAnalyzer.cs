using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
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
        ContractRules.Shipped,
        ContractRules.Reserved,
        ContractRules.SameFile,
        ContractRules.Data,
        ContractRules.Case);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var found = new ConcurrentBag<(INamedTypeSymbol Type, ContractModel Model)>();
            start.RegisterSymbolAction(symbol => Check(symbol, found), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => CheckTogether(end, found));
        });
    }

    private static void Check(SymbolAnalysisContext symbol, ConcurrentBag<(INamedTypeSymbol Type, ContractModel Model)> found)
    {
        var type = (INamedTypeSymbol)symbol.Symbol;
        if (DataAttribute.Is(type) || CaseAttribute.Is(type))
        {
            CheckData(symbol, type);
        }
        else if (type.BaseType is { } parent && DataAttribute.Is(parent) && CaseAttribute.CasesOf(parent).Length > 0)
        {
            symbol.ReportDiagnostic(new Problem(ContractRules.Case, Places.Of(type), type.Name, $"derives from '{parent.Name}' and is none of its cases: give it [PluginDataCase]").ToDiagnostic());
        }

        if (ContractAttribute.Of(type) is not { } attribute)
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
            found.Add((type, model));
            foreach (Problem problem in ContractRecord.Compare(model, type, symbol.Options.AdditionalFiles, symbol.CancellationToken))
            {
                symbol.ReportDiagnostic(problem.ToDiagnostic());
            }
        }
    }

    private static void CheckData(SymbolAnalysisContext symbol, INamedTypeSymbol type)
    {
        var problems = new List<Problem>();
        _ = new DataTypeReader(new DataShapeReader(new ElementReader(problems), problems), problems).Read(type);
        foreach (Problem problem in problems)
        {
            symbol.ReportDiagnostic(problem.ToDiagnostic());
        }
    }

    /// <summary>Headers of the same name, and types of the same C name in several headers.</summary>
    private static void CheckTogether(CompilationAnalysisContext end, ConcurrentBag<(INamedTypeSymbol Type, ContractModel Model)> found)
    {
        var headers = new Dictionary<string, string>();
        var types = new Dictionary<string, string>();
        foreach ((INamedTypeSymbol type, ContractModel model) in found.OrderBy(item => item.Model.FullName, StringComparer.Ordinal))
        {
            Claim(headers, model.CName, model.FullName, model.CName + ".h", "id");
            foreach (TypeModel declared in model.Types)
            {
                Claim(types, declared.C, declared.CSharp, declared.C, "name");
            }

            foreach (DataModel declared in model.Data)
            {
                Claim(types, declared.C, declared.CSharp, declared.C, "name");
            }

            void Claim(Dictionary<string, string> known, string name, string owner, string written, string what)
            {
                if (known.TryGetValue(name, out string? other) && other != owner)
                {
                    end.ReportDiagnostic(Diagnostic.Create(
                        ContractRules.SameFile, Places.Of(type), other.Replace("global::", ""), owner.Replace("global::", ""), written, what));
                }

                known[name] = owner;
            }
        }
    }
}
