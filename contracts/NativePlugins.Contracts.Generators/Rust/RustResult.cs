namespace NativePlugins.Contracts.Generators;

/// <summary>How a result looks in Rust.</summary>
internal static class RustResult
{
    /// <summary>The kind of result that a sink or a completion takes.</summary>
    public static string Kind(ResultShape result, RustTypes types) => result switch
    {
        NoResult => "()",
        ValueResult { Element: var element } => $"np::Flat<{types.Of(element)}>",
        FlatResult { Data: var data } => $"np::Flat<{types.Of(data)}>",
        TextResult => "str",
        ArrayResult { Element: var element } => $"[{types.Of(element)}]",
        DataResult { Data: var data } => $"np::{(data.Inner is null ? "One" : "Maybe")}<{types.Target(data)}>",
        ObjectResult { Contract: var contract, IsOptional: var isOptional } => $"np::{(isOptional ? "MaybeGiven" : "Given")}<{types.Names.Trait(contract)}Table>",
        StreamResult { Model: var model, IsOptional: var isOptional } => $"np::{(isOptional ? "MaybeGiven" : "Given")}<{types.Callback(model)}Table>",
        ByteStreamResult { IsOptional: var isOptional } => $"np::{(isOptional ? "MaybeGiven" : "Given")}<{RustTypes.StreamTable}>",
        _ => "np::Unknown",
    };

    /// <summary>The type that a synchronous method returns; null when it puts its result instead.</summary>
    public static string? Returned(ResultShape result, RustTypes types) => result switch
    {
        NoResult => "()",
        ValueResult { Element.IsBool: true } => "bool",
        ValueResult { Element: var element } => types.Of(element),
        FlatResult { Data: var data } => types.Of(data),
        _ => null,
    };

    /// <summary>The argument of the function in the table; null when there is none.</summary>
    public static string? Native(ResultModel result, RustTypes types) =>
        result.IsAsync ? "*const np_completion"
        : result.Shape switch
        {
            NoResult => null,
            ValueResult { Element: var element } => $"*mut {types.Of(element)}",
            FlatResult { Data: var data } => $"*mut {types.Of(data)}",
            _ => "*const np_sink",
        };
}
