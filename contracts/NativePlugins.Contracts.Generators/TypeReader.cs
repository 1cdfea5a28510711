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
    private readonly StreamReader _streams;

    public TypeReader(INamedTypeSymbol contract, List<Problem> problems)
    {
        _contract = contract;
        _problems = problems;
        _elements = new ElementReader(problems);
        Data = new DataShapeReader(_elements, problems);
        Callbacks = new CallbackReader(contract, this, problems);
        _streams = new StreamReader(contract, this, problems);
    }

    /// <summary>The structs and enums that were met, each after those that it contains.</summary>
    public IReadOnlyList<TypeModel> Declared => _elements.Declared;

    /// <summary>Reads what is data.</summary>
    public DataShapeReader Data { get; }

    /// <summary>Reads delegates.</summary>
    public CallbackReader Callbacks { get; }

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
        ResultModel Model(ResultShape shape) => new(shape, isAsync, isTask, doc.Returns);
        if (isAsync)
        {
            if (((INamedTypeSymbol)type).TypeArguments.FirstOrDefault() is not { } argument)
            {
                return Model(new NoResult());
            }

            type = argument;
            place = Places.ElementOf(place);
        }

        return type.SpecialType == SpecialType.System_Void ? Model(new NoResult())
            : ResultOf(type, place, method, "as a result") is { } shape ? Model(shape)
            : null;
    }

    // The names of the positions differ for what is read as an element: it may stand in any.
    private ResultShape? ResultOf(ITypeSymbol type, TypeSyntax? place, ISymbol symbol, string where)
    {
        bool mayBeNull = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type.SpecialType == SpecialType.System_String && !mayBeNull)
        {
            return new TextResult();
        }

        if (type is IArrayTypeSymbol { Rank: 1, ElementType: { SpecialType: not SpecialType.System_Boolean } itemType } && !mayBeNull && ElementReader.IsElement(itemType))
        {
            return _elements.Read(itemType, Places.ElementOf(place), symbol, "as the element of an array") is { } item ? new ArrayResult(item) : null;
        }

        if (ElementReader.IsElement(type))
        {
            return _elements.Read(type, place, symbol, symbol is IMethodSymbol ? "" : where) is { } element ? new ValueResult(element) : null;
        }

        // An object has one way to be handed over, which is the function's own result.
        if (symbol is IMethodSymbol && type.TypeKind == TypeKind.Interface && ContractAttribute.Of(type) is { } attribute)
        {
            return new ObjectResult(Contract(type, attribute), mayBeNull);
        }

        if (symbol is IMethodSymbol returning && StreamReader.IsStream(type))
        {
            return IsAsync(returning.ReturnType) ? Refuse<ResultShape>(place, symbol, type, "in a task", $"{type.ToDisplayString()} without the task: its items come later anyway, and so does what it throws")
                : _streams.Read(type, Callbacks.PathOf(returning), place, symbol) is { } stream ? new StreamResult(stream, mayBeNull)
                : null;
        }

        if (symbol is IMethodSymbol && StreamReader.IsOfBytes(type))
        {
            return new ByteStreamResult(mayBeNull);
        }

        return DataShapeReader.IsData(type)
            ? Data.Read(type, place, symbol, where) is { } shape ? DataPositions.Result(shape) : null
            : Refuse<ResultShape>(place, symbol, type, where, Advice.ForResult(type));
    }

    public ParameterModel? Parameter(IParameterSymbol parameter, bool isAsync, DocText doc)
    {
        TypeSyntax? place = Places.TypeOf(parameter);
        ITypeSymbol type = parameter.Type;
        ParameterModel Model(ParameterShape shape) => new(
            parameter.Name, CNames.Member(parameter.Name), shape, parameter.RefKind == RefKind.In, doc.Parameter(parameter.Name))
        {
            NullAttributes = string.Concat(parameter.GetAttributes().Where(IsAboutNull).Select(a => $"[global::{a}] ")),
        };

        if (parameter.RefKind is RefKind.Out or RefKind.Ref)
        {
            string way = parameter.RefKind == RefKind.Out ? "out" : "ref";
            if (isAsync)
            {
                return Refuse<ParameterModel>(place, parameter, type, $"as {way} of an asynchronous member", "the result of the task");
            }

            bool isRef = parameter.RefKind == RefKind.Ref;
            return ResultOf(type, place, parameter, $"as {way}") switch
            {
                null => null,
                ValueResult { Element: var element } => Model(new CellParameter(element, isRef)),
                FlatResult { Data: var flat } => Model(new DataCellParameter(flat, isRef)),
                { } result => Model(new PutParameter(result, isRef ? Argument(type, place, parameter) : null)),
            };
        }

        if (parameter.RefKind is not (RefKind.None or RefKind.In))
        {
            return Refuse<ParameterModel>(place, parameter, type, "as ref readonly", "in");
        }

        if (isAsync && parameter.RefKind == RefKind.In)
        {
            return Refuse<ParameterModel>(place, parameter, type, "as in of an asynchronous member", "the same without in");
        }

        if (type.SpecialType == SpecialType.System_String && type.NullableAnnotation != NullableAnnotation.Annotated)
        {
            return Model(new TextParameter());
        }

        if (Name(type) == "System.Threading.CancellationToken")
        {
            return Model(new CancellationParameter());
        }

        if (type.TypeKind == TypeKind.Delegate)
        {
            return Callbacks.Read((INamedTypeSymbol)type, parameter, place) is { } callback
                ? Model(new CallbackParameter(callback, type.NullableAnnotation == NullableAnnotation.Annotated))
                : null;
        }

        if (StreamReader.IsStream(type))
        {
            return _streams.Read(type, Callbacks.PathOf(parameter), place, parameter) is { } stream
                ? Model(new StreamParameter(stream, type.NullableAnnotation == NullableAnnotation.Annotated))
                : null;
        }

        if (StreamReader.IsOfBytes(type))
        {
            return Model(new ByteStreamParameter(type.NullableAnnotation == NullableAnnotation.Annotated));
        }

        if (SpanKind(type) is { } span)
        {
            return Span(parameter, span, isAsync, place) is { } shape ? Model(shape) : null;
        }

        if (type.TypeKind == TypeKind.Interface && ContractAttribute.Of(type) is { } attribute)
        {
            ContractReference contract = Contract(type, attribute);
            bool isOptional = type.NullableAnnotation == NullableAnnotation.Annotated;
            return Model(ContractShape.IsDisposable(type) || ContractShape.IsAsyncDisposable(type)
                ? new ObjectParameter(contract, isOptional)
                : new ContractParameter(contract, isOptional));
        }

        if (ElementReader.IsElement(type))
        {
            ElementModel? element = _elements.Read(type, place, parameter, "");
            return element is null ? null
                : Model(element.IsStruct ? new StructParameter(element, IsIn: parameter.RefKind == RefKind.In) : new ValueParameter(element));
        }

        if (DataShapeReader.IsData(type))
        {
            return Data.Read(type, place, parameter, "") is not { } shape ? null
                : Model(DataPositions.Parameter(shape));
        }

        return Refuse<ParameterModel>(place, parameter, type, "", Advice.ForParameter(type, isAsync));
    }

    /// <summary>What has pointers, as an argument.</summary>
    private ParameterShape Argument(ITypeSymbol type, TypeSyntax? place, IParameterSymbol parameter) =>
        type.SpecialType == SpecialType.System_String && type.NullableAnnotation != NullableAnnotation.Annotated
            ? new TextParameter()
            : DataPositions.Parameter(Data.Read(type, place, parameter, "")!);

    private ContractReference Contract(ITypeSymbol type, AttributeData attribute)
    {
        (string id, int major) = ContractAttribute.IdOf(attribute);
        return new ContractReference(
            type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            $"{id}/{major}",
            CNames.Contract(id, major),
            MutualContracts.IsMutual(type, _contract)) { Assembly = type.ContainingAssembly.Name };
    }

    private SpanParameter? Span(IParameterSymbol parameter, (bool IsReadOnly, bool IsMemory) span, bool isAsync, TypeSyntax? place)
    {
        ITypeSymbol type = ((INamedTypeSymbol)parameter.Type).TypeArguments[0];
        if (span.IsMemory != isAsync)
        {
            string instead = $"{SpanParameter.NameOf(span.IsReadOnly, isMemory: isAsync)}<{type.ToDisplayString()}>";
            return span.IsMemory
                ? Refuse<SpanParameter>(place, parameter, parameter.Type, "in a member that is not asynchronous", instead)
                : Refuse<SpanParameter>(place, parameter, parameter.Type, "asynchronously", $"{instead}, which stays in its place until the call completes");
        }

        ElementModel? element = _elements.Read(type, Places.ElementOf(place), parameter, "in a span");
        return element is null ? null
            : element.IsBool ? Refuse<SpanParameter>(Places.ElementOf(place), parameter, type, "in a span", "byte")
            : new SpanParameter(element, span.IsReadOnly, span.IsMemory);
    }

    private static (bool IsReadOnly, bool IsMemory)? SpanKind(ITypeSymbol type) => Name(type) switch
    {
        "System.ReadOnlySpan<T>" => (true, false),
        "System.Span<T>" => (false, false),
        "System.ReadOnlyMemory<T>" => (true, true),
        "System.Memory<T>" => (false, true),
        _ => null,
    };

    private static bool IsAboutNull(AttributeData attribute) => attribute.AttributeClass is { ContainingNamespace: var space } type
        && space.ToDisplayString() == "System.Diagnostics.CodeAnalysis" && type.Name.Contains("Null");

    private static bool IsTask(ITypeSymbol type) => Name(type) is "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task<TResult>";

    private static string Name(ITypeSymbol type) => type.OriginalDefinition.ToDisplayString();

    private T? Refuse<T>(TypeSyntax? place, ISymbol symbol, ITypeSymbol type, string where, string instead)
        where T : class
    {
        _problems.Add(TypeProblem(place, symbol, type, where, instead));
        return null;
    }
}
