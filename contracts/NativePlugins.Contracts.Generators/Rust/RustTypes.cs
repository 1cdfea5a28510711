using System;
using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The Rust types of values as they lie in memory.</summary>
internal sealed class RustTypes(RustNames names, IReadOnlyDictionary<string, DataModel> data)
{
    private const string Static = "'static";

    private static readonly Dictionary<string, string> s_known = new()
    {
        ["int8_t"] = "i8", ["uint8_t"] = "u8", ["int16_t"] = "i16", ["uint16_t"] = "u16", ["int32_t"] = "i32", ["uint32_t"] = "u32",
        ["int64_t"] = "i64", ["uint64_t"] = "u64", ["float"] = "f32", ["double"] = "f64", ["intptr_t"] = "isize", ["uintptr_t"] = "usize",
        ["size_t"] = "usize", ["np_uuid"] = "np::Uuid", ["np_decimal"] = "np::Decimal", ["np_date_time_offset"] = "np::Instant",
        ["np_int128"] = "np::Int128", ["np_uint128"] = "np::UInt128",
    };

    /// <summary>The trait of a stream of bytes, which is no contract's own.</summary>
    public const string Stream = "np::Stream";

    /// <summary>Its table.</summary>
    public const string StreamTable = "np::StreamTable";

    public RustNames Names => names;

    /// <summary>The trait of a delegate, a handler or a stream.</summary>
    public string Callback(ContractModel model) => names.Trait(model.FullName) ?? RustNames.Pascal(model.CName);

    /// <summary>A number, or a struct or enum of the file.</summary>
    public string OfC(string c) => s_known.TryGetValue(c, out string known) ? known : names.Type(c);

    public string Of(ElementModel element) => element.IsBool ? "np::Bool" : OfC(element.C);

    /// <param name="shape">What lies in memory.</param>
    /// <param name="lifetime">Of what it points at, such as 'a.</param>
    public string Of(DataShape shape, string lifetime = Static) =>
        shape.IsReference ? $"np::{(shape.Inner is null ? "Ref" : "OptionalRef")}<{lifetime}, {Record(shape.TargetName, lifetime)}>"
        : shape.IsText ? $"np::{(shape.Inner is null ? "Text" : "OptionalText")}<{lifetime}>"
        : shape.Inner is { IsClass: false } value ? $"np::Nullable<{Of(value, lifetime)}>"
        : shape.IsList ? $"np::{(shape.Inner is null ? "List" : "OptionalList")}<{lifetime}, {Of(shape.Parts[0], lifetime)}>"
        : shape.Parts.Count > 0 ? $"np::{(shape.C.EndsWith("_pair", StringComparison.Ordinal) ? "Pair" : $"Tuple{shape.Parts.Count}")}<{string.Join(", ", shape.Parts.Select(part => Of(part, lifetime)))}>"
        : shape.Word == "np_bool" ? "np::Bool"
        : OfC(shape.C);

    /// <summary>What a pointer to it leads to.</summary>
    public string Target(DataShape shape, string lifetime = Static) =>
        shape.IsReference ? Record(shape.TargetName, lifetime) : Of(shape.Inner ?? shape, lifetime);

    /// <summary>The struct of data.</summary>
    public string Record(string c, string lifetime) => $"{names.Type(c)}{(!data.TryGetValue(c, out DataModel model) || HasLifetime(model) ? $"<{lifetime}>" : "")}";

    /// <summary>Whether data points at more.</summary>
    public static bool HasLifetime(DataModel model) => model.Cases.Count > 0 || model.Members.Any(member => member.Shape.HasPointers);
}
