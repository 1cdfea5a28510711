using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Repository.Tests.Messages;

/// <summary>Every text that the product puts together from parts: errors, advice, what analyzers and generators say.</summary>
public partial class MessageTests
{
    private static readonly Lazy<(ProductCode Code, WordingReader Reader)[]> s_projects =
        new(() => [.. ProductCode.All.Select(code => (code, new WordingReader(code)))]);

    [Fact]
    public void Parts_of_a_text_meet_with_one_blank_where_one_belongs() => AssertNone(
        from project in s_projects.Value
        from expression in project.Code.Nodes<ExpressionSyntax>()
        where expression is InterpolatedStringExpressionSyntax || (expression.IsKind(SyntaxKind.AddExpression) && project.Reader.IsText(expression))
        where !expression.ToString().Contains(@"\u001b", StringComparison.Ordinal) // A control sequence for a terminal is no text.
        from flaw in Flaws([.. project.Reader.PartsOf(expression)])
        select $"{ProductCode.PlaceOf(expression)}: {flaw}: {expression}");

    [Fact]
    public void What_an_analyzer_reports_fills_its_message() => AssertNone(
        from project in s_projects.Value
        from report in Reports(project.Code, project.Reader)
        from flaw in Flaws([.. Filled(report, project.Reader)]).Concat(Unfilled(report))
        select $"{ProductCode.PlaceOf(report.Place)}: {flaw}: {report.Message}");

    [Fact]
    public void No_message_has_a_doubled_blank_or_a_place_that_nothing_fills() => AssertNone(
        from project in s_projects.Value
        from token in project.Code.Trees.SelectMany(tree => tree.GetRoot().DescendantTokens())
        where token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
        where IsOfMessage(token)
        from Match flaw in (IsFormat(token) ? FlawedFormat() : FlawedText()).Matches(token.ValueText)
        select $"{ProductCode.PlaceOf(token.Parent!)}: '{flaw.Value}' in {token.Text}");

    [Fact]
    public void No_text_depends_on_the_culture_of_whoever_runs_it() => AssertNone(
        from project in s_projects.Value
        from text in project.Code.Nodes<InterpolatedStringExpressionSyntax>()
        let model = project.Code.ModelOf(text.SyntaxTree)
        where model.GetTypeInfo(text).ConvertedType?.SpecialType == SpecialType.System_String
        from hole in text.Contents.OfType<InterpolationSyntax>()
        where DependsOnCulture(model.GetTypeInfo(hole.Expression).Type, hole.FormatClause?.FormatStringToken.ValueText ?? "")
        select $"{ProductCode.PlaceOf(text)}: {hole}");

    private static void AssertNone(IEnumerable<string> flaws)
    {
        string all = string.Join('\n', flaws.Distinct());
        Assert.True(all.Length == 0, all);
    }

    private static IEnumerable<string> Flaws(Wording[] parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            for (int k = i + 1; k < parts.Length && (k == i + 1 || parts[k - 1].CanBeEmpty); k++)
            {
                foreach (string flaw in parts[i].SeamsWith(parts[k]))
                {
                    yield return flaw;
                }
            }
        }
    }

    /// <summary>Each place in which a rule is reported, with the arguments for its message.</summary>
    private static IEnumerable<(SyntaxNode Place, string Message, ExpressionSyntax[] Arguments)> Reports(ProductCode code, WordingReader reader)
    {
        foreach (BaseObjectCreationExpressionSyntax creation in code.Nodes<BaseObjectCreationExpressionSyntax>())
        {
            if (reader.Symbol(creation) is IMethodSymbol { ContainingType.Name: "Problem" } && creation.ArgumentList is { Arguments: { Count: > 0 } arguments })
            {
                foreach (string message in MessagesOf(code, reader, arguments[0].Expression))
                {
                    yield return (creation, message, [.. arguments.Skip(2).Select(a => a.Expression)]);
                }
            }
        }

        foreach (InvocationExpressionSyntax call in code.Nodes<InvocationExpressionSyntax>())
        {
            if (call.Expression.ToString() == "Diagnostic.Create" && call.ArgumentList.Arguments is { Count: > 0 } arguments && !IsPassedOn(call, reader))
            {
                foreach (string message in MessagesOf(code, reader, arguments[0].Expression))
                {
                    yield return (call, message, [.. arguments.Skip(2).Select(a => a.Expression)]);
                }
            }
        }
    }

    // Problem.ToDiagnostic hands on the rule of every Problem: each is checked where the Problem is made.
    private static bool IsPassedOn(InvocationExpressionSyntax call, WordingReader reader) =>
        reader.Symbol(call.ArgumentList.Arguments[0].Expression) is IPropertySymbol or IParameterSymbol;

    /// <summary>The messages of the rules that an expression may be: fields of a class whose name ends in Rules.</summary>
    private static IEnumerable<string> MessagesOf(ProductCode code, WordingReader reader, ExpressionSyntax rule)
    {
        ExpressionSyntax[] declared = reader.Symbol(rule) is ILocalSymbol local
            ? [.. local.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<VariableDeclaratorSyntax>().Select(d => d.Initializer!.Value)]
            : [rule];
        IFieldSymbol[] fields =
        [
            .. declared.SelectMany(e => e.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>())
                .Select(reader.Symbol).OfType<IFieldSymbol>().Where(field => field.Type.Name == "DiagnosticDescriptor"),
        ];
        Assert.NotEmpty(fields);
        return fields.SelectMany(field => field.DeclaringSyntaxReferences).Select(r => r.GetSyntax()).OfType<VariableDeclaratorSyntax>()
            .Select(d => ((InvocationExpressionSyntax)d.Initializer!.Value).ArgumentList.Arguments[2].Expression)
            .Select(message => (string)code.ModelOf(message.SyntaxTree).GetConstantValue(message).Value!);
    }

    private static IEnumerable<Wording> Filled((SyntaxNode Place, string Message, ExpressionSyntax[] Arguments) report, WordingReader reader)
    {
        int end = 0;
        foreach (Match place in FormatPlace().Matches(report.Message))
        {
            int number = int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture);
            yield return Wording.Of(report.Message[end..place.Index]);
            yield return number < report.Arguments.Length ? reader.Of(report.Arguments[number]) : Wording.Empty;
            end = place.Index + place.Length;
        }

        yield return Wording.Of(report.Message[end..]);
    }

    private static IEnumerable<string> Unfilled((SyntaxNode Place, string Message, ExpressionSyntax[] Arguments) report)
    {
        int[] places = [.. FormatPlace().Matches(report.Message).Select(place => int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().Order()];
        if (!places.SequenceEqual(Enumerable.Range(0, report.Arguments.Length)))
        {
            yield return $"{report.Arguments.Length} arguments for the places {string.Join(", ", places)}";
        }
    }

    /// <summary>Whether a token is in what an exception, an error of the catalogue, a rule or a problem is made of.</summary>
    private static bool IsOfMessage(SyntaxToken token) => token.Parent!.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).Any(node => node switch
    {
        ObjectCreationExpressionSyntax { Type: var type } => MessageType().IsMatch(type.ToString()),
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "Expected" or "Found" or "Advice" or "Summary" } } => true,
        InvocationExpressionSyntax { Expression: var called } => MessageCall().IsMatch(called.ToString()),
        _ => false,
    }) || token.Parent!.FirstAncestorOrSelf<FieldDeclarationSyntax>()?.Declaration.Type.ToString() == "DiagnosticDescriptor"
        || token.Parent!.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Type.ToString() == "PluginError";

    private static bool IsFormat(SyntaxToken token) =>
        token.Parent!.FirstAncestorOrSelf<FieldDeclarationSyntax>()?.Declaration.Type.ToString() == "DiagnosticDescriptor";

    private static bool DependsOnCulture(ITypeSymbol? type, string format) => type?.Name switch
    {
        "Guid" or "Version" or null => false,
        "Double" or "Single" or "Decimal" or "Half" or "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" => true,
        "TimeSpan" => format is not ("" or "c"),
        _ => format.Length > 0 && format[0] is not ('x' or 'X' or 'D' or 'd' or 'B' or 'b'),
    };

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex FormatPlace();

    [GeneratedRegex(@"(?<=\S) {2,}(?=\S)|(?<=\w) [.,;:](?![\w./])|\{\}|\{\d+[^}]*\}")]
    private static partial Regex FlawedText();

    [GeneratedRegex(@"(?<=\S) {2,}(?=\S)|(?<=\w) [.,;:](?![\w./])|\{\}")]
    private static partial Regex FlawedFormat();

    [GeneratedRegex("(?:Exception|PluginError|PluginFailure|Problem|ErrorReport)$")]
    private static partial Regex MessageType();

    [GeneratedRegex(@"(?:^|\.)(?:Malformed|TypeProblem|Refuse<\w+>|Fail|Create|Error)$")]
    private static partial Regex MessageCall();
}
