using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Repository.Tests.Messages;

/// <summary>
/// Finds out how the texts of one project begin and end: through interpolations, sums, choices, locals, fields, methods, and
/// parameters, which are what any caller passes. What it cannot follow is anything at all, and no flaw.
/// </summary>
internal sealed class WordingReader
{
    private const int Deepest = 4;

    private static readonly Call s_anybody = new(new Dictionary<IParameterSymbol, Wording>(SymbolEqualityComparer.Default), 0);

    private readonly ProductCode _code;
    private readonly Dictionary<ISymbol, Wording> _known = new(SymbolEqualityComparer.Default);
    private readonly ILookup<ISymbol?, (IMethodSymbol Method, SyntaxNode Call, ArgumentListSyntax Arguments)> _calls;

    public WordingReader(ProductCode code)
    {
        _code = code;
        _calls = code.Trees.SelectMany(tree => tree.GetRoot().DescendantNodes())
            .Select(node => (Node: node, Arguments: ArgumentsOf(node)))
            .Where(call => call.Arguments is not null)
            .Select(call => (Method: Symbol(call.Node) as IMethodSymbol, Call: call.Node, Arguments: call.Arguments!))
            .Where(call => call.Method is not null)
            .ToLookup(call => (ISymbol?)call.Method!.OriginalDefinition, call => (call.Method!, call.Call, call.Arguments), SymbolEqualityComparer.Default);
    }

    /// <summary>The parts of a text that is put together, in their order; none for any other expression.</summary>
    public IEnumerable<Wording> PartsOf(ExpressionSyntax expression) => PartsOf(expression, s_anybody);

    /// <summary>What is known of a text, whoever calls the method in which it stands.</summary>
    public Wording Of(ExpressionSyntax? expression) => Of(expression, s_anybody);

    private IEnumerable<Wording> PartsOf(ExpressionSyntax expression, Call caller) => expression switch
    {
        InterpolatedStringExpressionSyntax { Contents: var contents } => contents.Select(part => part switch
        {
            InterpolatedStringTextSyntax text => Wording.Of(Unescaped(text)),
            InterpolationSyntax { FormatClause: null, AlignmentClause: null } hole => Of(hole.Expression, caller),
            _ => Wording.Anything,
        }),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => new[] { Of(sum.Left, caller), Of(sum.Right, caller) },
        _ => [],
    };

    private Wording Of(ExpressionSyntax? expression, Call caller)
    {
        switch (expression)
        {
            case null:
                return Wording.Empty;
            case ThrowExpressionSyntax or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression }:
                return Wording.None;
            case ParenthesizedExpressionSyntax { Expression: var inner }:
                return Of(inner, caller);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var inner }:
                return Of(inner, caller);
            case ConditionalExpressionSyntax choice:
                return Of(choice.WhenTrue, caller).Or(Of(choice.WhenFalse, caller));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice:
                return Of(choice.Left, caller).Or(Of(choice.Right, caller));
            case SwitchExpressionSyntax choice:
                return choice.Arms.Select(arm => Of(arm.Expression, caller)).Aggregate((sum, next) => sum.Or(next));
            case InterpolatedStringExpressionSyntax:
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } when IsText(expression):
                return PartsOf(expression, caller).Aggregate(Wording.Empty, (sum, next) => sum.Then(next));
        }

        if (_code.ModelOf(expression.SyntaxTree).GetConstantValue(expression) is { HasValue: true, Value: string constant })
        {
            return Wording.Of(constant);
        }

        Wording found = !IsText(expression) ? Wording.Anything
            : (Symbol(expression), expression) switch
            {
                (IParameterSymbol parameter, _) when caller.Arguments.TryGetValue(parameter, out Wording? given) => given,
                (IMethodSymbol method, InvocationExpressionSyntax call) when caller.Depth < Deepest => OfCall(method, call, caller),
                ({ } symbol, _) => Of(symbol),
                _ => Wording.Anything,
            };
        return IsKnownToBeFull(expression) ? found with { CanBeEmpty = false } : found;
    }

    /// <summary>What a method returns to this caller.</summary>
    private Wording OfCall(IMethodSymbol method, InvocationExpressionSyntax call, Call caller)
    {
        var arguments = new Dictionary<IParameterSymbol, Wording>(SymbolEqualityComparer.Default);
        foreach (IParameterSymbol parameter in (method.ReducedFrom ?? method).OriginalDefinition.Parameters.Where(p => p.Type.SpecialType == SpecialType.System_String))
        {
            arguments[parameter] = Of(ArgumentFor(parameter, method, call.ArgumentList), caller);
        }

        return Union(Values((method.ReducedFrom ?? method).OriginalDefinition).Select(value => Of(value, new Call(arguments, caller.Depth + 1))));
    }

    // x.Length == 0 ? "" : $" {x}"
    private static bool IsKnownToBeFull(ExpressionSyntax expression) => expression.Ancestors().OfType<ConditionalExpressionSyntax>().Any(choice =>
        choice.WhenFalse.Span.Contains(expression.Span) && choice.Condition.ToString() == $"{expression}.Length == 0");

    /// <summary>What any caller passes for a parameter.</summary>
    private IEnumerable<ExpressionSyntax?> ArgumentsFor(IParameterSymbol parameter) =>
        _calls[parameter.ContainingSymbol.OriginalDefinition].Select(call => ArgumentFor(parameter, call.Method, call.Arguments));

    private static ExpressionSyntax? ArgumentFor(IParameterSymbol parameter, IMethodSymbol called, ArgumentListSyntax list)
    {
        int position = parameter.Ordinal - (called.ReducedFrom is null ? 0 : 1);
        ArgumentSyntax? given = list.Arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.Text == parameter.Name)
            ?? (position >= 0 && position < list.Arguments.Count && list.Arguments[position].NameColon is null ? list.Arguments[position] : null);
        return given?.Expression;
    }

    public ISymbol? Symbol(SyntaxNode node) => _code.ModelOf(node.SyntaxTree).GetSymbolInfo(node).Symbol;

    private Wording Of(ISymbol symbol)
    {
        symbol = symbol.OriginalDefinition;
        if (_known.TryGetValue(symbol, out Wording? known))
        {
            return known;
        }

        // The answer for a symbol whose own value leads back to it.
        _known[symbol] = Wording.Anything;
        return _known[symbol] = symbol switch
        {
            IParameterSymbol parameter => Union(ArgumentsFor(parameter).Select(Of)),
            ILocalSymbol or IFieldSymbol or IPropertySymbol or IMethodSymbol => Union(Values(symbol).Select(Of)),
            _ => Wording.Anything,
        };
    }

    private static Wording Union(IEnumerable<Wording> values) => values.DefaultIfEmpty(Wording.Anything).Aggregate((sum, next) => sum.Or(next));

    private IEnumerable<ExpressionSyntax> Values(ISymbol symbol)
    {
        foreach (SyntaxNode node in symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).Where(_code.Has))
        {
            foreach (ExpressionSyntax value in Returned(node).Where(value => !IsUnset(symbol, value)))
            {
                yield return value;
            }

            SyntaxNode? scope = symbol is ILocalSymbol ? node.Ancestors().FirstOrDefault(a => a is MemberDeclarationSyntax) : null;
            foreach (AssignmentExpressionSyntax set in scope?.DescendantNodes().OfType<AssignmentExpressionSyntax>() ?? [])
            {
                if (SymbolEqualityComparer.Default.Equals(Symbol(set.Left), symbol))
                {
                    yield return set.Right;
                }
            }
        }
    }

    // A field that is empty at first and set later: that text is none of its wordings.
    private static bool IsUnset(ISymbol symbol, ExpressionSyntax value) => symbol is IFieldSymbol { IsReadOnly: false, IsConst: false } && value.ToString() == "\"\"";

    private static IEnumerable<ExpressionSyntax> Returned(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax { Initializer.Value: var value } => [value],
        PropertyDeclarationSyntax { ExpressionBody.Expression: var value } => [value],
        MethodDeclarationSyntax { ExpressionBody.Expression: var value } => [value],
        LocalFunctionStatementSyntax { ExpressionBody.Expression: var value } => [value],
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => declaration
            .DescendantNodes(node => node == declaration || node is not (LambdaExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>().Where(statement => statement.Expression is not null).Select(statement => statement.Expression!),
        _ => [],
    };

    public bool IsText(ExpressionSyntax expression) => _code.ModelOf(expression.SyntaxTree).GetTypeInfo(expression).Type?.SpecialType == SpecialType.System_String;

    private static string Unescaped(InterpolatedStringTextSyntax text) => text.TextToken.ValueText.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private static ArgumentListSyntax? ArgumentsOf(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => call.ArgumentList,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
        ConstructorInitializerSyntax initializer => initializer.ArgumentList,
        PrimaryConstructorBaseTypeSyntax initializer => initializer.ArgumentList,
        _ => null,
    };

    /// <summary>What the caller of a method has passed to it.</summary>
    private sealed record Call(IReadOnlyDictionary<IParameterSymbol, Wording> Arguments, int Depth);
}
