using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>Says how the types of a signature cross, and collects the structs and enums among them.</summary>
internal sealed class TypeReader
{
    private readonly INamedTypeSymbol _contract;
    private readonly List<Problem> _problems;
    private readonly ElementReader _elements;

    public TypeReader(INamedTypeSymbol contract, List<Problem> problems)
    {
        _contract = contract;
        _problems = problems;
        _elements = new ElementReader(problems);
    }

    /// <summary>The structs and enums that were met, each after those that it contains.</summary>
    public IReadOnlyList<TypeModel> Declared => _elements.Declared;

    public static bool IsAsync(ITypeSymbol type) =>
        IsTask(type) || Name(type) is "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask<TResult>";

    /// <param name="where">In which position, without a blank before it; empty: in any.</param>
    public static Problem TypeProblem(TypeSyntax? place, ISymbol symbol, ITypeSymbol type, string where, string instead) =>
        new(ContractRules.Type, place?.GetLocation() ?? Places.Of(symbol), type.ToDisplayString(), where.Length == 0 ? "" : $" {where}", instead);

    public ResultModel? Result(IMethodSymbol method, DocText doc)
    {
        TypeSyntax? place = Places.ResultOf(method);
        ITypeSymbol type = method.ReturnType;
        if (method.RefKind != RefKind.None)
        {
            return Refuse<ResultModel>(place, method, type, "by reference", "the value itself as the result");
        }

        bool isAsync = IsAsync(type), isTask = IsTask(type);
        ResultModel Model(ResultKind kind, ElementModel? element = null) => new(kind, element, isAsync, isTask, doc.Returns);
        if (isAsync)
        {
            if (((INamedTypeSymbol)type).TypeArguments.FirstOrDefault() is not { } argument)
            {
                return Model(ResultKind.None);
            }

            type = argument;
            place = Places.ElementOf(place);
        }

        if (type.SpecialType == SpecialType.System_Void)
        {
            return Model(ResultKind.None);
        }

        if (type.SpecialType == SpecialType.System_String)
        {
            return type.NullableAnnotation == NullableAnnotation.Annotated
                ? Refuse<ResultModel>(place, method, type, "", "string, and \"\" for nothing")
                : Model(ResultKind.Text);
        }

        if (type is IArrayTypeSymbol { Rank: 1 } array && type.NullableAnnotation != NullableAnnotation.Annotated)
        {
            ElementModel? item = _elements.Read(array.ElementType, Places.ElementOf(place), method, "as the element of an array");
            return item is null ? null
                : item.IsBool ? Refuse<ResultModel>(Places.ElementOf(place), method, array.ElementType, "as the element of an array", "byte")
                : Model(ResultKind.Array, item);
        }

        if (ElementReader.IsElement(type))
        {
            ElementModel? element = _elements.Read(type, place, method, "");
            return element is null ? null : Model(element.IsBool ? ResultKind.Bool : ResultKind.Value, element);
        }

        return Refuse<ResultModel>(place, method, type, "as a result", Advice.ForResult(type));
    }

    public ParameterModel? Parameter(IParameterSymbol parameter, bool isAsync, DocText doc)
    {
        TypeSyntax? place = Places.TypeOf(parameter);
        ITypeSymbol type = parameter.Type;
        ParameterModel Model(ParameterKind kind, ElementModel? element = null, bool isOptional = false, ContractReference? contract = null) => new(
            parameter.Name, CNames.Member(parameter.Name), kind, element, parameter.RefKind == RefKind.In, isOptional, contract, doc.Parameter(parameter.Name));

        if (parameter.RefKind is RefKind.Out or RefKind.Ref)
        {
            string way = parameter.RefKind == RefKind.Out ? "out" : "ref";
            if (isAsync)
            {
                return Refuse<ParameterModel>(place, parameter, type, $"as {way} of an asynchronous member", "the result of the task");
            }

            if (!ElementReader.IsElement(type))
            {
                return Refuse<ParameterModel>(place, parameter, type, $"as {way}", Advice.ForResult(type));
            }

            ElementModel? target = _elements.Read(type, place, parameter, $"as {way}");
            return target is null ? null : Model(parameter.RefKind == RefKind.Out ? ParameterKind.Out : ParameterKind.Ref, target);
        }

        if (parameter.RefKind is not (RefKind.None or RefKind.In))
        {
            return Refuse<ParameterModel>(place, parameter, type, "as ref readonly", "in");
        }

        if (isAsync && parameter.RefKind == RefKind.In)
        {
            return Refuse<ParameterModel>(place, parameter, type, "as in of an asynchronous member", "the same without in");
        }

        if (type.SpecialType == SpecialType.System_String)
        {
            return type.NullableAnnotation == NullableAnnotation.Annotated
                ? Refuse<ParameterModel>(place, parameter, type, "", "string, and \"\" for nothing")
                : Model(ParameterKind.Text);
        }

        if (Name(type) == "System.Threading.CancellationToken")
        {
            return Model(ParameterKind.Cancellation);
        }

        if (Memory(type) is { } memory)
        {
            return Spans(parameter, memory, isAsync, place, Model);
        }

        if (type.TypeKind == TypeKind.Interface && ContractAttribute.Of(type) is { } attribute)
        {
            (string id, int major) = ContractAttribute.IdOf(attribute);
            return Model(
                ParameterKind.Contract,
                isOptional: type.NullableAnnotation == NullableAnnotation.Annotated,
                contract: new ContractReference(
                    type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
                    $"{id}/{major}",
                    CNames.Contract(id, major),
                    MutualContracts.IsMutual(type, _contract)));
        }

        if (ElementReader.IsElement(type))
        {
            ElementModel? element = _elements.Read(type, place, parameter, "");
            return element is null ? null
                : Model(element.IsBool ? ParameterKind.Bool : element.IsStruct ? ParameterKind.Struct : ParameterKind.Value, element);
        }

        return Refuse<ParameterModel>(place, parameter, type, "", Advice.ForParameter(type, isAsync));
    }

    private ParameterModel? Spans(
        IParameterSymbol parameter, (ParameterKind Kind, ITypeSymbol Item) memory, bool isAsync, TypeSyntax? place,
        System.Func<ParameterKind, ElementModel?, bool, ContractReference?, ParameterModel> model)
    {
        bool isSpan = memory.Kind is ParameterKind.Span or ParameterKind.ReadOnlySpan;
        if (isSpan == isAsync)
        {
            string item = memory.Item.ToDisplayString();
            return isSpan
                ? Refuse<ParameterModel>(
                    place, parameter, parameter.Type, "asynchronously",
                    $"{(memory.Kind == ParameterKind.Span ? "Memory" : "ReadOnlyMemory")}<{item}>, which stays in its place until the call completes")
                : Refuse<ParameterModel>(
                    place, parameter, parameter.Type, "in a member that is not asynchronous", $"{(memory.Kind == ParameterKind.Memory ? "Span" : "ReadOnlySpan")}<{item}>");
        }

        ElementModel? element = _elements.Read(memory.Item, Places.ElementOf(place), parameter, "in a span");
        return element is null ? null
            : element.IsBool ? Refuse<ParameterModel>(Places.ElementOf(place), parameter, memory.Item, "in a span", "byte")
            : model(memory.Kind, element, false, null);
    }

    private static (ParameterKind Kind, ITypeSymbol Item)? Memory(ITypeSymbol type)
    {
        ParameterKind? kind = Name(type) switch
        {
            "System.ReadOnlySpan<T>" => ParameterKind.ReadOnlySpan,
            "System.Span<T>" => ParameterKind.Span,
            "System.ReadOnlyMemory<T>" => ParameterKind.ReadOnlyMemory,
            "System.Memory<T>" => ParameterKind.Memory,
            _ => null,
        };
        return kind is { } known ? (known, ((INamedTypeSymbol)type).TypeArguments[0]) : null;
    }

    private static bool IsTask(ITypeSymbol type) => Name(type) is "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task<TResult>";

    private static string Name(ITypeSymbol type) => type.OriginalDefinition.ToDisplayString();

    private T? Refuse<T>(TypeSyntax? place, ISymbol symbol, ITypeSymbol type, string where, string instead)
        where T : class
    {
        _problems.Add(TypeProblem(place, symbol, type, where, instead));
        return null;
    }
}
