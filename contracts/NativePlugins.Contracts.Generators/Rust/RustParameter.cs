using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>How a parameter looks in Rust.</summary>
/// <param name="Native">The arguments of the function in the table.</param>
/// <param name="Declared">The parameters of the trait's method, for a synchronous or an asynchronous member.</param>
/// <param name="Taking">The statements, a line each, that make those of these.</param>
/// <param name="Taken">What is passed to the method.</param>
internal sealed record RustParameter(
    IReadOnlyList<(string Name, string Type)> Native, IReadOnlyList<(string Name, string Type)> Declared, IReadOnlyList<string> Taking, IReadOnlyList<string> Taken)
{
    /// <summary>The statements that need the completion of an asynchronous call.</summary>
    public IReadOnlyList<string> Keeping { get; init; } = [];

    /// <summary>The object that is the callee's after success; null when there is none.</summary>
    public string? Offered { get; init; }

    /// <summary>The parameter of a proxy's method, and its arguments; null where a proxy cannot pass it.</summary>
    public (string Declared, string Arguments)? Passed { get; init; }

    /// <summary>The statement that makes what is passed; null when there is none.</summary>
    public string? Passing { get; init; }

    /// <summary>What the call of a proxy stands in, where CALL is: an object is offered by it; null when none is.</summary>
    public string? Around { get; init; }

    /// <summary>The type parameter that a proxy's method needs for it; null when it needs none.</summary>
    public string? Generic { get; init; }

    public static RustParameter Of(ParameterModel parameter, bool isAsync, RustTypes types)
    {
        string c = parameter.CName, x = RustNames.Ident(c), length = $"{c}_length";
        return parameter.Shape switch
        {
            ValueParameter { Element: { IsBool: true } } => Value(x, "np::Bool", "bool", $"{x}.get()", $"np::Bool::from({x})"),
            ValueParameter { Element: var element } => Value(x, types.Of(element), types.Of(element), x, x),
            NumberParameter { Data: var data } => Value(x, types.Of(data), types.Of(data), x, x),
            StructParameter { Element: var element } => Pointer(x, $"*const {types.Of(element)}", $"&{types.Of(element)}", $"np::required({x}, \"{c}\")?", x),
            CellParameter { Element: var element } => Pointer(x, $"*mut {types.Of(element)}", $"&mut {types.Of(element)}", $"np::cell({x}, \"{c}\")?", x),
            DataCellParameter { Data: var data } => Pointer(x, $"*mut {types.Of(data)}", $"&mut {types.Of(data)}", $"np::cell({x}, \"{c}\")?", x),
            TextParameter => Text(x, c, length, isOptional: false),
            DataTextParameter { Data: var data } => Text(x, c, length, data.Inner is not null),
            DataParameter { Data: var data } => Data(x, c, data, types),
            SpanParameter { Element: var element, IsReadOnly: var isReadOnly, IsMemory: var isMemory } => Span(x, c, length, types.Of(element), isReadOnly, isMemory),
            ContractParameter { Contract: var contract, IsOptional: var isOptional } => Contract(x, c, $"{types.Names.Trait(contract)}", isOptional, isAsync),
            ObjectParameter { Contract: var contract, IsOptional: var isOptional } => Object(x, c, types.Names.Trait(contract), $"{types.Names.Trait(contract)}Table", isOptional),
            CallbackParameter { Model: var model, IsOptional: var isOptional } => Contract(x, c, types.Callback(model), isOptional, isAsync),
            StreamParameter { Model: var model, IsOptional: var isOptional } => Object(x, c, types.Callback(model), $"{types.Callback(model)}Table", isOptional),
            ByteStreamParameter { IsOptional: var isOptional } => Object(x, c, RustTypes.Stream, RustTypes.StreamTable, isOptional),
            HandlerParameter { Model: var model, IsAdded: var isAdded } => Handler(x, $"{types.Callback(model)}Table", isAdded),
            CancellationParameter => Cancellation(x, isAsync),
            PutParameter put => Put(parameter, put, isAsync, types),
            var shape => Raw(shape, c, types),
        };
    }

    private static RustParameter Value(string x, string native, string declared, string taken, string passed) =>
        new([(x, native)], [(x, declared)], [], [taken]) { Passed = ($"{x}: {declared}", passed) };

    private static RustParameter Pointer(string x, string native, string declared, string taken, string passed) =>
        new([(x, native)], [(x, declared)], [$"let {x} = {taken};"], [x]) { Passed = ($"{x}: {declared}", passed) };

    private static RustParameter Text(string x, string c, string length, bool isOptional)
    {
        IReadOnlyList<(string, string)> native = [(x, "*const u8"), (length, "usize")];
        return isOptional
            ? new(native, [(x, "Option<&str>")], [$"let {x} = np::optional_text({x}, {length}, \"{c}\")?;"], [$"{x}.as_deref()"])
            {
                Passed = ($"{x}: Option<&str>", $"{x}.map_or(std::ptr::null(), str::as_ptr), {x}.map_or(0, str::len)"),
            }
            : new(native, [(x, "&str")], [$"let {x} = np::text({x}, {length}, \"{c}\")?;"], [$"&{x}"]) { Passed = ($"{x}: &str", $"{x}.as_ptr(), {x}.len()") };
    }

    private static RustParameter Data(string x, string c, DataShape data, RustTypes types)
    {
        string target = types.Target(data), type = data.HasPointers ? $"&{types.Target(data, "'_")}" : target;
        bool isOptional = data.Inner is not null;
        return new(
            [(x, $"*const {target}")],
            [(x, isOptional ? $"Option<{type}>" : type)],
            [$"let {x} = np::{(isOptional ? "optional_" : "")}argument({x}, \"{c}\")?;"],
            [!data.HasPointers ? x : isOptional ? $"{x}.as_ref()" : $"&{x}"])
        {
            Passed = (
                $"{x}: {(isOptional ? $"Option<{type}>" : type)}",
                !isOptional ? $"(&raw const {(data.HasPointers ? "*" : "")}{x}).cast()" : $"{x}{(data.HasPointers ? "" : ".as_ref()")}.map_or(std::ptr::null(), |it| (&raw const *it).cast())"),
        };
    }

    private static RustParameter Span(string x, string c, string length, string element, bool isReadOnly, bool isMemory)
    {
        string mut = isReadOnly ? "" : "mut ", end = isReadOnly ? "" : "_mut";
        IReadOnlyList<(string, string)> native = [(x, $"*{(isReadOnly ? "const" : "mut")} {element}"), (length, "usize")];
        IReadOnlyList<string> taking = [$"let {x} = np::slice{end}({x}, {length}, \"{c}\")?;"];
        string kept = isReadOnly ? "Elements" : "MutableElements", slice = isReadOnly ? "KeptSlice" : "KeptSliceMut";
        return isMemory
            ? new(native, [(x, $"np::{slice}<{element}>")], taking, [x]) { Keeping = [$"let {x} = np::Kept::new(np::{kept}::new({x}), &completion);"] }
            : new(native, [(x, $"&{mut}[{element}]")], taking, [x]) { Passed = ($"{x}: &{mut}[{element}]", $"{x}.as{end}_ptr(), {x}.len()") };
    }

    private static RustParameter Contract(string x, string c, string trait, bool isOptional, bool isAsync)
    {
        string table = $"{trait}Table", generic = $"{RustNames.Pascal(c)}Contract", proxy = $"np::Proxy<'_, {table}>";
        var native = new[] { (x, $"*const {table}") };
        if (isAsync)
        {
            return new(native, [(x, $"np::KeptContract<{table}>")], isOptional ? [] : [$"np::contract({x}, \"{c}\")?;"], [x])
            {
                Keeping = [$"let {x} = np::Kept::new(np::Callback({x}), &completion);"],
            };
        }

        string taken = isOptional ? $"np::Proxy::of_table({x})" : $"np::contract({x}, \"{c}\")?";
        return new(native, [(x, isOptional ? $"Option<{proxy}>" : proxy)], [$"let {x} = {taken};"], [x])
        {
            Generic = $"{generic}: {trait}",
            Passed = (isOptional ? $"{x}: Option<&{generic}>" : $"{x}: &{generic}", isOptional ? $"{x}.as_ref().map_or(std::ptr::null(), |it| &raw const *it)" : $"&{x}"),
            Passing = isOptional ? $"let {x} = {x}.map(np::lend::<{table}, {generic}>);" : $"let {x} = np::lend::<{table}, {generic}>({x});",
        };
    }

    private static RustParameter Object(string x, string c, string trait, string table, bool isOptional)
    {
        string offered = $"__{c}_offered", given = $"__{c}_given", generic = $"{RustNames.Pascal(c)}Object", type = $"np::Object<{table}>";
        string taken = $"let ({offered}, {x}) = np::Offered::new::<{table}>({x}, \"{c}\")?;";
        return new(
            [(x, "*const np_object")],
            [(x, isOptional ? $"Option<{type}>" : type)],
            isOptional ? [taken] : [taken, $"let {x} = {x}.ok_or_else(|| np::no_object(\"{c}\"))?;"],
            [x])
        {
            Offered = offered,
            Generic = $"{generic}: {trait}",
            Passed = (isOptional ? $"{x}: Option<std::sync::Arc<{generic}>>" : $"{x}: std::sync::Arc<{generic}>", given),
            Around = $"np::offer::<{table}, {generic}>({(isOptional ? x : $"Some({x})")}, |{given}| CALL)",
        };
    }

    // A plugin's trait has the event instead.
    private static RustParameter Handler(string x, string table, bool isAdded) => new([(x, "*const np_object")], [], [], [])
    {
        Passed = ($"{x}: &np::Handler<{table}>", isAdded ? "__added" : $"{x}.raw()"),
        Around = isAdded ? $"{x}.offer(|__added| CALL)" : null,
    };

    private static RustParameter Cancellation(string x, bool isAsync)
    {
        var native = new[] { (x, "*const np_cancellation") };
        return isAsync
            ? new(native, [(x, "np::KeptCancellation")], [], [x]) { Keeping = [$"let {x} = np::Kept::new({x}, &completion);"], Passed = ($"{x}: np::Cancellation<'call>", $"{x}.raw()") }
            : new(native, [(x, "np::Cancellation<'_>")], [$"let {x} = np::Cancellation::new({x});"], [x]) { Passed = ($"{x}: np::Cancellation<'_>", $"{x}.raw()") };
    }

    private static RustParameter Put(ParameterModel parameter, PutParameter put, bool isAsync, RustTypes types)
    {
        string name = put.Argument is null ? parameter.CName : $"{parameter.CName}_result", x = RustNames.Ident(name);
        RustParameter? argument = put.Argument is null ? null : Of(parameter with { Shape = put.Argument }, isAsync, types);
        return new(
            [.. argument?.Native ?? [], (x, "*const np_sink")],
            [.. argument?.Declared ?? [], (x, $"np::Put<'_, {RustResult.Kind(put.Result, types)}>")],
            [.. argument?.Taking ?? [], $"let {x} = np::Put::new({x}, \"{name}\")?;"],
            [.. argument?.Taken ?? [], x]);
    }

    // What is new in contracts and not yet here crosses as its C arguments.
    private static RustParameter Raw(ParameterShape shape, string c, RustTypes types)
    {
        (string, string)[] native = [.. shape.C(c).Select(argument => RawArgument(argument, types))];
        return new(native, native, [], [.. native.Select(argument => argument.Item1)]);
    }

    private static (string Name, string Type) RawArgument(string argument, RustTypes types)
    {
        int end = argument.LastIndexOfAny([' ', '*']) + 1;
        string type = argument.Substring(0, end).Trim();
        return (RustNames.Ident(argument.Substring(end)), type.EndsWith("*") ? $"*{(type.StartsWith("const ") ? "const" : "mut")} c_void" : types.OfC(type));
    }
}
