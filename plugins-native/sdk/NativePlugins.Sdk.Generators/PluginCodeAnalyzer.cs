using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace NativePlugins.Sdk.Generators;

/// <summary>Finds code that would end the host's process or take its signals away.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PluginCodeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        PluginRules.AsyncVoid, PluginRules.EndsProcess, PluginRules.HandlesCtrlC, PluginRules.HandlesSignals);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(CheckMethod, SyntaxKind.MethodDeclaration);
        context.RegisterSyntaxNodeAction(CheckLocalFunction, SyntaxKind.LocalFunctionStatement);
        context.RegisterSyntaxNodeAction(
            CheckAnonymousFunction,
            SyntaxKind.SimpleLambdaExpression,
            SyntaxKind.ParenthesizedLambdaExpression,
            SyntaxKind.AnonymousMethodExpression);
        context.RegisterOperationAction(CheckMethodUse, OperationKind.Invocation, OperationKind.MethodReference);
        context.RegisterOperationAction(CheckEventUse, OperationKind.EventReference);
    }

    private static void CheckMethod(SyntaxNodeAnalysisContext context)
    {
        var method = (MethodDeclarationSyntax)context.Node;
        Check(context, context.SemanticModel.GetDeclaredSymbol(method, context.CancellationToken), method.Identifier);
    }

    private static void CheckLocalFunction(SyntaxNodeAnalysisContext context)
    {
        var function = (LocalFunctionStatementSyntax)context.Node;
        var symbol = context.SemanticModel.GetDeclaredSymbol(function, context.CancellationToken) as IMethodSymbol;
        Check(context, symbol, function.Identifier);
    }

    private static void CheckAnonymousFunction(SyntaxNodeAnalysisContext context)
    {
        var function = (AnonymousFunctionExpressionSyntax)context.Node;
        if (!function.AsyncKeyword.IsKind(SyntaxKind.None))
        {
            var symbol = context.SemanticModel.GetSymbolInfo(function, context.CancellationToken).Symbol as IMethodSymbol;
            Check(context, symbol, function.AsyncKeyword);
        }
    }

    private static void Check(SyntaxNodeAnalysisContext context, IMethodSymbol? method, SyntaxToken place)
    {
        if (method is { IsAsync: true, ReturnsVoid: true })
        {
            string name = method.MethodKind == MethodKind.AnonymousFunction ? "This function" : $"'{method.Name}'";
            context.ReportDiagnostic(Diagnostic.Create(PluginRules.AsyncVoid, place.GetLocation(), name));
        }
    }

    private static void CheckMethodUse(OperationAnalysisContext context)
    {
        IMethodSymbol? method = context.Operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IMethodReferenceOperation reference => reference.Method,
            _ => null,
        };
        DiagnosticDescriptor? rule = (method?.ContainingType.ToDisplayString(), method?.Name) switch
        {
            ("System.Environment", "Exit" or "FailFast") => PluginRules.EndsProcess,
            ("System.Runtime.InteropServices.PosixSignalRegistration", "Create") => PluginRules.HandlesSignals,
            _ => null,
        };
        if (rule is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                rule, context.Operation.Syntax.GetLocation(), $"{method!.ContainingType.Name}.{method.Name}"));
        }
    }

    private static void CheckEventUse(OperationAnalysisContext context)
    {
        IEventSymbol used = ((IEventReferenceOperation)context.Operation).Event;
        if (used is { Name: "CancelKeyPress", ContainingType: { Name: "Console" } type } && type.ToDisplayString() == "System.Console")
        {
            context.ReportDiagnostic(Diagnostic.Create(PluginRules.HandlesCtrlC, context.Operation.Syntax.GetLocation()));
        }
    }
}
