using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// Makes of a delegate what an interface of one method would be. Its author gives it no id: it is named after the member and the parameter
/// that it stands in, and known to the other side by what it takes and returns.
/// </summary>
internal sealed class CallbackReader(INamedTypeSymbol contract, TypeReader types, List<Problem> problems)
{
    private static readonly SymbolDisplayFormat s_withNull = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    // The delegates that are being read, the outermost first, with the names of the positions that lead to them.
    private readonly List<(INamedTypeSymbol Type, string Path)> _reading = [];

    /// <summary>The callback of a parameter; null when there is a problem.</summary>
    public ContractModel? Read(INamedTypeSymbol type, IParameterSymbol parameter, TypeSyntax? place)
    {
        string path = PathOf(parameter);
        if (_reading.Any(outer => SymbolEqualityComparer.Default.Equals(outer.Type, type)))
        {
            problems.Add(TypeReader.TypeProblem(place, parameter, type, "within itself", "an interface with [PluginContract], which may take itself"));
            return null;
        }

        return Read(type, path, place?.GetLocation() ?? Places.Of(parameter), isEvent: false);
    }

    /// <summary>The names that lead to a parameter, or to the result of a method.</summary>
    public string PathOf(ISymbol symbol)
    {
        const string Items = "items";
        (INamedTypeSymbol Type, string Path)? outer = _reading.Count == 0 ? null : _reading[_reading.Count - 1];
        return symbol is not IParameterSymbol parameter ? $"{outer?.Path ?? symbol.Name}_{Items}"
            : outer is { } found ? $"{found.Path}_{NameOf(found.Type, parameter.Ordinal) ?? parameter.Name}"
            : $"{parameter.ContainingSymbol.Name}_{parameter.Name}";
    }

    /// <summary>The callback of the handlers of an event; null when there is a problem.</summary>
    public ContractModel? Read(IEventSymbol source)
    {
        var type = (INamedTypeSymbol)source.Type;
        TypeSyntax? place = Places.TypeOf(source);
        IMethodSymbol invoke = type.DelegateInvokeMethod!;
        if (!invoke.ReturnsVoid || invoke.Parameters.Any(p => p.RefKind is not (RefKind.None or RefKind.In)))
        {
            problems.Add(TypeReader.TypeProblem(place, source, type, "as an event", "one that returns nothing and has no out and ref, such as Action<T>: an event may have any number of handlers"));
            return null;
        }

        return Read(type, source.Name, place?.GetLocation() ?? Places.Of(source), isEvent: true);
    }

    private ContractModel? Read(INamedTypeSymbol type, string path, Location place, bool isEvent)
    {
        int before = problems.Count;
        _reading.Add((type, path));
        MemberModel? read = isEvent && HasSender(type) ? WithoutSender(type) : new MemberReader(types, problems).Read(type.DelegateInvokeMethod!);
        _reading.RemoveAt(_reading.Count - 1);
        for (int i = before; i < problems.Count; i++)
        {
            // Of a delegate of another assembly there is no source to point at.
            problems[i] = problems[i].Place.IsInSource ? problems[i] : problems[i] with { Place = place };
        }

        return read is null || problems.Count > before ? null : Model(type, path, read, isEvent);
    }

    private ContractModel Model(INamedTypeSymbol type, string path, MemberModel read, bool isEvent)
    {
        (string id, int major) = ContractAttribute.IdOf(ContractAttribute.Of(contract)!);
        string space = contract.ContainingNamespace.IsGlobalNamespace ? "" : contract.ContainingNamespace.ToDisplayString() + ".";
        string name = $"Callback{path}", own = $"global::{space}{contract.Name}Contract.{name}", full = $"{own}.ICall";
        MemberModel invoke = read with
        {
            Name = "Invoke", CName = "invoke", Owner = full, DocId = "", Parameters = Named(type, read.Parameters),
        };
        return new ContractModel(
            "", new Sequence<string>([]), name, full, $"{id}.{path}", major, IsSerialized: false, new Sequence<MemberModel>([invoke]), new Sequence<TypeModel>([]),
            Data(invoke), IsPublic: false, IsDisposable: false, IsAsyncDisposable: false, HasExtensionProperties: false, $"What {id}/{major} calls back: {path.Replace('_', ' ')}.")
        {
            Callback = new CallbackModel(
                $"{CNames.Contract(id, major)}_{CNames.Part(path)}", own, type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(s_withNull), isEvent ? CallbackKind.Handler : CallbackKind.Delegate, isEvent && HasSender(type), isEvent && HasSender(type) && !type.IsGenericType),
        };
    }

    private static bool HasSender(INamedTypeSymbol type) =>
        type.Name == "EventHandler" && type.ContainingNamespace.ToDisplayString() == "System";

    // The receiver knows who the sender is, and an EventArgs says nothing.
    private MemberModel? WithoutSender(INamedTypeSymbol type)
    {
        List<ParameterModel> parameters = [];
        if (type.IsGenericType)
        {
            if (types.Parameter(type.DelegateInvokeMethod!.Parameters[1], isAsync: false, DocText.Of(type)) is not { } read)
            {
                return null;
            }

            parameters.Add(read with { Name = "value", CName = "value" });
        }

        return new MemberModel("", "", null, "", 0, false, new Sequence<ParameterModel>(parameters), new ResultModel(new NoResult(), false, false, ""), "", "");
    }

    /// <summary>
    /// The data of its one function: its signature stands alone, as that of a contract does. What is wrong with data is said where it is declared.
    /// </summary>
    public Sequence<DataModel> Data(MemberModel invoke)
    {
        int before = problems.Count;
        IReadOnlyList<DataModel> data = new DataClosure(types.Data).Of([invoke]);
        problems.RemoveRange(before, problems.Count - before);
        return new Sequence<DataModel>(data);
    }

    private static Sequence<ParameterModel> Named(INamedTypeSymbol type, Sequence<ParameterModel> parameters) =>
        new(parameters.Select((p, i) => NameOf(type, i) is { } name ? p with { Name = name, CName = name } : p));

    // What .NET's own delegates call their parameters (obj, arg1) says nothing. Null for those of others.
    private static string? NameOf(INamedTypeSymbol type, int ordinal) =>
        type.ContainingNamespace.ToDisplayString() != "System" || HasSender(type) ? null
        : type.DelegateInvokeMethod!.Parameters.Length == 1 ? "value"
        : $"value{ordinal + 1}";
}
