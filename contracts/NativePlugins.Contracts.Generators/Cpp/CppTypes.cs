using System;
using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The C++ types of values as they lie in memory.</summary>
internal sealed class CppTypes(RustNames names)
{
    public RustNames Names => names;

    /// <summary>The names that the generated code uses without a namespace before them.</summary>
    public static readonly string[] Known = ["T", "U", "Then", "Take"];

    /// <summary>What a class has behind its name for the functions of its table.</summary>
    public const string FunctionsEnd = "Functions";

    /// <summary>The class of a stream of bytes, which is no contract's own.</summary>
    public const string Stream = "np::stream";

    /// <summary>The header of an assembly.</summary>
    public static string FileName(string assembly) => $"{CNames.Member(assembly.Replace('.', '_').Replace('-', '_'))}.hpp";

    /// <summary>The namespace of an assembly: not that of what it is made of.</summary>
    public static string Namespace(string assembly) => CNames.Member(assembly.Replace('.', '_').Replace('-', '_')) is var name && name is "np" or "std" ? name + "_" : name;

    /// <summary>A number, or a struct or enum of the file; what all contracts share is as it is in C.</summary>
    public string OfC(string c) => names.Has(c) ? names.Type(c) : c;

    /// <summary>A type of C where a parameter may have its name.</summary>
    public static string Global(string c) => c.IndexOf(' ') >= 0 || c is "float" or "double" ? c : $"::{c}";

    public static string ConstGlobal(string c) => string.Concat("const ", Global(c));

    public string Of(ElementModel element) => element.IsBool ? "np::flag" : OfC(element.C);

    public string Of(DataShape shape) =>
        shape.IsReference ? $"np::{(shape.Inner is null ? "ref" : "optional_ref")}<{Record(shape.TargetName)}>"
        : shape.IsText ? shape.Inner is null ? "np::text" : "np::optional_text"
        : shape.Inner is { IsClass: false } value ? $"np::nullable<{Of(value)}>"
        : shape.IsList ? $"np::{(shape.Inner is null ? "list" : "optional_list")}<{Of(shape.Parts[0])}>"
        : shape.Parts.Count > 0 ? $"np::{(shape.C.EndsWith("_pair", StringComparison.Ordinal) ? "pair" : $"tuple{shape.Parts.Count}")}<{string.Join(", ", shape.Parts.Select(Of))}>"
        : shape.Word == "np_bool" ? "np::flag"
        : OfC(shape.C);

    /// <summary>What a pointer to it leads to.</summary>
    public string Target(DataShape shape) => shape.IsReference ? Record(shape.TargetName) : Of(shape.Inner ?? shape);

    /// <summary>The struct of data.</summary>
    public string Record(string c) => names.Type(c);

    /// <summary>The class of a contract, which may be in another file.</summary>
    public string Class(ContractReference contract) =>
        names.Trait(contract.FullName) ?? $"{Namespace(contract.Assembly)}::{RustNames.Interface(contract.FullName)}";

    /// <summary>The class of a delegate, a handler or a stream.</summary>
    public string Class(ContractModel contract) => names.Trait(contract.FullName) ?? RustNames.Pascal(contract.CName);

    /// <summary>The kind of result that a sink or a completion takes.</summary>
    public string Kind(ResultShape result) => result switch
    {
        NoResult => "void",
        ValueResult { Element: var element } => Of(element),
        FlatResult { Data: var data } => Of(data),
        TextResult => "std::string_view",
        ArrayResult { Element: var element } => $"np::elements<{Of(element)}>",
        DataResult { Data: var data } => data.Inner is null ? Target(data) : $"std::optional<{Target(data)}>",
        ObjectResult { Contract: var contract } => $"np::given<{Class(contract)}>",
        StreamResult { Model: var model } => $"np::given<{Class(model)}>",
        ByteStreamResult => $"np::given<{Stream}>",
        _ => throw new NotSupportedException($"C++ has no kind of result for {result.GetType().Name}."),
    };

    /// <summary>The type that a synchronous member returns; null when it puts its result instead.</summary>
    public string? Returned(ResultShape result) => result switch
    {
        NoResult => "void",
        ValueResult { Element.IsBool: true } => "bool",
        ValueResult { Element: var element } => Of(element),
        FlatResult { Data: { Inner: { } inner } } => $"std::optional<{Of(inner)}>",
        FlatResult { Data: var data } => Of(data),
        _ => null,
    };
}
