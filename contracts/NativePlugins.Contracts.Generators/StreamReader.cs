using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// Makes of an IAsyncEnumerable&lt;T&gt; an object with one member, which hands the next items over. Its author gives it no id: it is named after the
/// member, or the parameter, that it stands in.
/// </summary>
internal sealed class StreamReader(INamedTypeSymbol contract, TypeReader types, List<Problem> problems)
{
    /// <summary>Whether a type is System.IO.Stream, which is an object of the ABI's own.</summary>
    public static bool IsOfBytes(ITypeSymbol type) => type.ToDisplayString(NullableFlowState.None) == "System.IO.Stream";

    /// <summary>Whether a type is one.</summary>
    public static bool IsStream(ITypeSymbol type) => type.OriginalDefinition.ToDisplayString() == "System.Collections.Generic.IAsyncEnumerable<T>";

    /// <summary>The object; null when there is a problem.</summary>
    /// <param name="path">The name of the member, and of the parameter.</param>
    public ContractModel? Read(ITypeSymbol type, string path, TypeSyntax? place, ISymbol symbol)
    {
        ITypeSymbol itemType = ((INamedTypeSymbol)type).TypeArguments[0];
        int before = problems.Count;
        if (!ElementReader.IsElement(itemType) && !DataShapeReader.IsData(itemType))
        {
            problems.Add(TypeReader.TypeProblem(Places.ElementOf(place), symbol, itemType, "in a stream", Advice.ForElement(itemType)));
        }

        if (problems.Count > before || types.Data.Read(itemType, Places.ElementOf(place), symbol, "in a stream") is not { } item)
        {
            return null;
        }

        DataShape items = DataTypes.List($"{item.CSharp}[]", "ArrayData", "list", true, item);
        var most = new ElementModel("uint", "uint32_t", "u32", null, false, false, 4, 4);
        (string id, int major) = ContractAttribute.IdOf(ContractAttribute.Of(contract)!);
        string space = contract.ContainingNamespace.IsGlobalNamespace ? "" : contract.ContainingNamespace.ToDisplayString() + ".";
        string name = $"Stream{path}", own = $"global::{space}{contract.Name}Contract.{name}", full = $"{own}.ICall";
        var next = new MemberModel(
            "Next", full, null, "next", 0, false,
            new Sequence<ParameterModel>(
            [
                new ParameterModel("most", "most", new ValueParameter(most), false, "How many items there may be at most; 1 or more."),
                new ParameterModel("cancellation", "cancellation", new CancellationParameter(), false, ""),
            ]),
            new ResultModel(new DataResult(items), IsAsync: true, IsTask: false, "The next items, one or more; none at the end. Not called again before it has completed."), "", "Waits for the next items.");
        return new ContractModel(
            "", new Sequence<string>([]), name, full, $"{id}.{path}", major, IsSerialized: false, new Sequence<MemberModel>([next]), new Sequence<TypeModel>([]),
            types.Callbacks.Data(next), IsPublic: false, IsDisposable: false, IsAsyncDisposable: true, HasExtensionProperties: false, $"A stream of {id}/{major}: {path.Replace('_', ' ')}.")
        {
            Callback = new CallbackModel($"{CNames.Contract(id, major)}_{CNames.Part(path)}", own, item.CSharp, CallbackKind.Stream, HasSender: false, HasArguments: false),
        };
    }
}
