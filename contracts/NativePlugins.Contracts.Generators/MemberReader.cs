using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>Reads one function of a contract: a method, or an accessor of a property.</summary>
internal sealed class MemberReader(TypeReader types, List<Problem> problems)
{
    public const string MinorName = "NativePlugins.Contracts.ContractMinorAttribute";

    private const string FastCallName = "NativePlugins.Contracts.FastCallAttribute";

    /// <summary>What the developer has declared: the method itself, the property or event of an accessor, or the delegate.</summary>
    public static ISymbol Declared(IMethodSymbol function) =>
        function.AssociatedSymbol ?? (function.MethodKind == MethodKind.DelegateInvoke ? function.ContainingType : function);

    public MemberModel? Read(IMethodSymbol function)
    {
        if (function.AssociatedSymbol is IEventSymbol source)
        {
            return ReadAccessor(function, source);
        }

        int before = problems.Count;
        var property = function.AssociatedSymbol as IPropertySymbol;
        if (property is not null && PropertyTypes.Refuse(property) is { } refused)
        {
            problems.Add(TypeReader.TypeProblem(Places.TypeOf(property), property, property.Type, refused.Where, refused.Instead));
            return null;
        }

        DocText doc = DocText.Of(Declared(function));
        bool isFastCall = (function.FindAttribute(FastCallName) ?? property?.FindAttribute(FastCallName)) is not null;
        ResultModel? result = types.Result(function, doc);
        bool isAsync = result?.IsAsync ?? TypeReader.IsAsync(function.ReturnType);
        List<ParameterModel> parameters = Parameters(function, isAsync, isFastCall, doc);
        if (isFastCall && result is { } r && (r.IsAsync || r.Shape.CallsBack))
        {
            problems.Add(new Problem(
                ContractRules.FastCall, Places.ResultOf(function)?.GetLocation() ?? Places.Of(function), function.ReturnType.ToDisplayString(),
                r.IsAsync ? "an asynchronous call completes by a call back" : "the result comes by a call back"));
        }

        if (result is null || problems.Count > before)
        {
            return null;
        }

        if (property is not null)
        {
            result = result with { Doc = doc.Value };
            parameters = [.. parameters.Select(p => p with { Doc = doc.Value })];
        }

        return new MemberModel(
            function.Name,
            function.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            property?.Name,
            CNames.Function(function.Name),
            MinorOf(function),
            isFastCall,
            new Sequence<ParameterModel>(parameters),
            result,
            Declared(function).GetDocumentationCommentId() ?? "",
            doc.Summary);
    }

    private MemberModel? ReadAccessor(IMethodSymbol function, IEventSymbol source)
    {
        if (types.Callbacks.Read(source) is not { } callback)
        {
            return null;
        }

        const string Handler = "handler";
        var parameter = new ParameterModel(Handler, Handler, new HandlerParameter(callback, function.MethodKind == MethodKind.EventAdd), false, "");
        return new MemberModel(
            function.Name,
            function.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            null,
            CNames.Function(function.Name),
            MinorOf(function),
            false,
            new Sequence<ParameterModel>([parameter]),
            new ResultModel(new NoResult(), false, false, ""),
            source.GetDocumentationCommentId() ?? "",
            DocText.Of(source).Summary)
        {
            Event = source.Name,
        };
    }

    private List<ParameterModel> Parameters(IMethodSymbol function, bool isAsync, bool isFastCall, DocText doc)
    {
        var parameters = new List<ParameterModel>();
        foreach (IParameterSymbol parameter in function.Parameters)
        {
            if (types.Parameter(parameter, isAsync, doc) is { } read)
            {
                if (parameters.FirstOrDefault(p => p.SharedCName(read) is not null) is { } same)
                {
                    problems.Add(new Problem(ContractRules.Name, Places.Of(parameter), same.Name, read.Name, same.SharedCName(read)!));
                }

                if (read.Shape is CancellationParameter && parameters.Any(p => p.Shape is CancellationParameter))
                {
                    problems.Add(TypeReader.TypeProblem(
                        Places.TypeOf(parameter), parameter, parameter.Type, "twice in one member", "one CancellationToken for the call"));
                }

                CheckFastCall(isFastCall, read, parameter);
                parameters.Add(read);
            }
        }

        return parameters;
    }

    private void CheckFastCall(bool isFastCall, ParameterModel read, IParameterSymbol parameter)
    {
        if (isFastCall && read.Shape.CallsBack)
        {
            problems.Add(new Problem(
                ContractRules.FastCall, Places.TypeOf(parameter)?.GetLocation() ?? Places.Of(parameter), parameter.Type.ToDisplayString(), "the other side calls it back"));
        }
    }

    private static int MinorOf(IMethodSymbol function) =>
        Declared(function).FindAttribute(MinorName)?.FirstArgument() is int minor ? minor : 0;
}
