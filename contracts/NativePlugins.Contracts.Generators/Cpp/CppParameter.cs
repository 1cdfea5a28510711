using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>How a parameter looks in C++.</summary>
/// <param name="Declared">The parameter of the class's member, with its name; null when there is none.</param>
/// <param name="Taken">What is passed to that member.</param>
internal sealed record CppParameter(string? Declared, string Taken)
{
    /// <summary>The statement before the member is called; null when there is none.</summary>
    public string? Before { get; init; }

    /// <summary>The statement after it has succeeded; null when there is none.</summary>
    public string? After { get; init; }

    /// <summary>The parameter of a proxy's member, and its arguments; null where a proxy cannot pass it.</summary>
    public (string Declared, string Arguments)? Passed { get; init; }

    /// <summary>The object that is offered by the call; null when there is none.</summary>
    public string? Offered { get; init; }

    public static CppParameter Of(ParameterModel parameter, CppTypes types)
    {
        string x = parameter.CName, quoted = $"\"{x}\"";
        switch (parameter.Shape)
        {
            case ValueParameter { Element.IsBool: true }:
                return Same($"bool {x}", $"{x} != 0", $"static_cast<uint8_t>({x} ? 1 : 0)");
            case ValueParameter { Element: { Underlying: not null } element }:
                return Same($"{types.Of(element)} {x}", $"static_cast<{types.Of(element)}>({x})", $"static_cast<{CppTypes.Global(element.C)}>({x})");
            case ValueParameter { Element: var element }:
                return Same($"{types.Of(element)} {x}", x, x);
            case NumberParameter { Data: var data }:
                return Same($"{types.Of(data)} {x}", x, x);
            case StructParameter { Element: var element }:
                return Same($"const {types.Of(element)} &{x}", $"np::required<{types.Of(element)}>({x}, {quoted})", $"np::native<{CppTypes.ConstGlobal(element.C)}>(&{x})");
            case CellParameter { Element: var element }:
                return Cell(x, types.Of(element), element.IsBool ? "uint8_t" : element.C);
            case DataCellParameter { Data: var data }:
                return Cell(x, types.Of(data), data.C);
            case TextParameter or DataTextParameter { Data.Inner: null }:
                return Same($"std::string_view {x}", $"np::text_argument({x}, {x}_length, {quoted})", $"np::text_data({x}), {x}.size()");
            case DataTextParameter:
                return Same($"std::optional<std::string_view> {x}", $"np::optional_text_argument({x}, {x}_length, {quoted})", $"np::text_data({x}), np::text_size({x})");
            case DataParameter { Data: var data }:
                return Data(x, data, types);
            case SpanParameter { Element: var element, IsReadOnly: var isReadOnly }:
                string of = $"{(isReadOnly ? "const " : "")}{types.Of(element)}", native = isReadOnly ? CppTypes.ConstGlobal(element.C) : CppTypes.Global(element.C);
                return Same($"np::span<{of}> {x}", $"np::span_argument<{of}>({x}, {x}_length, {quoted})", $"np::native<{native}>({x}.data()), {x}.size()");
            case ContractParameter { Contract: var contract, IsOptional: var isOptional }:
                return Contract(x, types.Class(contract), contract.CName, isOptional);
            case CallbackParameter { Model: var model, IsOptional: var isOptional }:
                return Contract(x, types.Class(model), model.CName, isOptional);
            case ObjectParameter { Contract: var contract, IsOptional: var isOptional }:
                return Object(x, types.Class(contract), isOptional);
            case StreamParameter { Model: var model, IsOptional: var isOptional }:
                return Object(x, types.Class(model), isOptional);
            case ByteStreamParameter { IsOptional: var isOptional }:
                return Object(x, CppTypes.Stream, isOptional);
            case HandlerParameter { Model: var model, IsAdded: var isAdded }:
                return new(null, x) { Passed = ($"const np::given<{types.Class(model)}> &{x}", isAdded ? Local(x) : $"{x}.npRaw()"), Offered = isAdded ? x : null };
            case CancellationParameter:
                return Same($"np::cancellation {x}", $"np::cancellation({x})", $"{x}.raw()");
            case PutParameter put:
                return Put(parameter, put, types);
            default:
                // What is new in contracts and not yet here crosses as its C arguments.
                string[] c = [.. parameter.Shape.C(x)];
                return Same(string.Join(", ", c), string.Join(", ", parameter.Names), string.Join(", ", parameter.Names));
        }
    }

    /// <summary>A name of the generated code's that no parameter has: those are in lower case.</summary>
    public static string Local(string x) => $"the{RustNames.Pascal(x)}";

    private static CppParameter Same(string declared, string taken, string arguments) => new(declared, taken) { Passed = (declared, arguments) };

    private static CppParameter Cell(string x, string type, string c) => Same($"{type} &{x}", $"np::cell<{type}>({x}, \"{x}\")", $"np::native<{CppTypes.Global(c)}>(&{x})");

    private static CppParameter Data(string x, DataShape data, CppTypes types)
    {
        string type = types.Target(data), native = CppTypes.ConstGlobal(data.Target);
        return data.Inner is null
            ? Same($"const {type} &{x}", $"np::argument<{type}>({x}, \"{x}\")", $"np::native<{native}>(&{x})")
            : Same(
                $"const std::optional<{type}> &{x}", $"np::optional_argument<{type}>({x}, \"{x}\")",
                $"{x}.has_value() ? np::native<{native}>(&*{x}) : nullptr");
    }

    private static CppParameter Contract(string x, string type, string c, bool isOptional) =>
        new(isOptional ? $"std::optional<{type}> {x}" : $"{type} {x}", isOptional ? $"np::optional_contract_argument<{type}>({x})" : $"np::contract_argument<{type}>({x}, \"{x}\")")
        {
            Passed = ($"const np::lent<{type}> &{x}", $"np::native<{CppTypes.ConstGlobal(c)}>({x}.npRaw())"),
        };

    private static CppParameter Object(string x, string type, bool isOptional)
    {
        string local = Local(x);
        return new($"np::object<{type}> {x}", $"{local}.take()")
        {
            Before = $"np::offered<{type}> {local}({x}, \"{x}\", {(isOptional ? "true" : "false")});",
            After = $"{local}.keep();",
            Passed = ($"const np::given<{type}> &{x}", local),
            Offered = x,
        };
    }

    private static CppParameter Put(ParameterModel parameter, PutParameter put, CppTypes types)
    {
        string name = put.Argument is null ? parameter.CName : $"{parameter.CName}_result", kind = types.Kind(put.Result), local = Local(name);
        CppParameter? argument = put.Argument is null ? null : Of(parameter with { Shape = put.Argument }, types);
        string declared = $"np::result<{kind}> &{name}";
        return new(argument is null ? declared : $"{argument.Declared}, {declared}", argument is null ? local : $"{argument.Taken}, {local}")
        {
            Before = $"np::result<{kind}> {local}({name}, \"{name}\");",
            After = $"{local}.npRequire();",
        };
    }
}
