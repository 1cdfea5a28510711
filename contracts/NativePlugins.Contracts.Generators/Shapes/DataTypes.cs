using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The shapes of the types that everybody knows, and of what is made of other shapes. A new type is a line here and an IDataShape in the library.</summary>
internal static class DataTypes
{
    private const string Interop = ContractSource.Interop;

    private static readonly NativeDeclaration s_text = new(
        "np_text", "Text: UTF-8, `length` bytes. Where it may be null, NULL is null, and empty text is not NULL.",
        Fields("const char *data;", "size_t length;"), 16) { Helpers = new Sequence<string>(HeaderHelpers.OfText) };

    private static readonly NativeDeclaration s_uuid = new(
        "np_uuid", "16 bytes in the order of RFC 9562: as they are read and printed.", Fields("uint8_t bytes[16];"), 16);

    private static readonly NativeDeclaration s_instant = new(
        "np_date_time_offset", "An instant, and what a clock on the wall said there.",
        Fields("int64_t ticks; /* In 100 ns since 1970-01-01 00:00 UTC. */", "int16_t offset_minutes; /* Of local time from UTC: -840 to 840. */", "uint8_t reserved[6]; /* 0 */"), 16);

    private static readonly NativeDeclaration s_decimal = new(
        "np_decimal", "(high * 2^64 + mid * 2^32 + low) / 10^scale.",
        Fields("uint32_t low;", "uint32_t mid;", "uint32_t high;", "uint8_t scale; /* 0 to 28. */", "uint8_t is_negative; /* 0 or 1. */", "uint16_t reserved; /* 0 */"), 16);

    private static readonly NativeDeclaration s_int128 = new(
        "np_int128", "high * 2^64 + low.", Fields("uint64_t low;", "int64_t high;"), 16);

    private static readonly NativeDeclaration s_uint128 = new(
        "np_uint128", "high * 2^64 + low.", Fields("uint64_t low;", "uint64_t high;"), 16);

    private static readonly Dictionary<string, DataShape> s_known = new()
    {
        ["char"] = Number("char", "uint16_t", "np_char", "char", $"{Interop}.PlainData<char, ushort>", 2, "ushort", "A UTF-16 code unit."),
        ["System.Half"] = Number("global::System.Half", "uint16_t", "np_half", "f16", $"{Interop}.PlainData<global::System.Half, ushort>", 2, "ushort", "Binary16 of IEEE 754."),
        ["System.TimeSpan"] = Number("global::System.TimeSpan", "int64_t", "np_time_span", "duration", $"{Interop}.TimeSpanData", 8, "long", "In 100 ns."),
        ["System.DateTime"] = Number("global::System.DateTime", "int64_t", "np_date_time", "utc", $"{Interop}.DateTimeData", 8, "long", "In 100 ns since 1970-01-01 00:00 UTC."),
        ["System.DateOnly"] = Number("global::System.DateOnly", "int32_t", "np_date", "date", $"{Interop}.DateOnlyData", 4, "int", "In days since 1970-01-01."),
        ["System.TimeOnly"] = Number("global::System.TimeOnly", "int64_t", "np_time", "time", $"{Interop}.TimeOnlyData", 8, "long", "In 100 ns since midnight."),
        ["System.Guid"] = Struct("global::System.Guid", s_uuid, "uuid", $"{Interop}.GuidData", 1),
        ["System.DateTimeOffset"] = Struct("global::System.DateTimeOffset", s_instant, "instant", $"{Interop}.DateTimeOffsetData", 8),
        ["decimal"] = Struct("decimal", s_decimal, "decimal", $"{Interop}.DecimalData", 4),
        ["System.Int128"] = Struct("global::System.Int128", s_int128, "i128", $"{Interop}.PlainData<global::System.Int128, ulong>", 8),
        ["System.UInt128"] = Struct("global::System.UInt128", s_uint128, "u128", $"{Interop}.PlainData<global::System.UInt128, ulong>", 8),
        ["string"] = Text("string", "string", $"{Interop}.TextData"),
        ["System.Uri"] = Text("global::System.Uri", "uri", $"{Interop}.UriData", "A URI, absolute or relative."),
        ["System.Version"] = Text("global::System.Version", "version", $"{Interop}.VersionData", "Two to four numbers with dots between them."),
    };

    /// <param name="name">The type without '?'.</param>
    public static DataShape? Known(string name) => s_known.TryGetValue(name, out DataShape shape) ? shape : null;

    /// <summary>What lies in memory as it is.</summary>
    public static DataShape Element(ElementModel element)
    {
        string word = element.IsStruct || element.Underlying is not null ? element.C : element.IsBool ? "np_bool" : $"np_{element.C.Replace("_t", "")}";
        string alignment = element.Alignment switch { 1 => "byte", 2 => "ushort", 4 => "uint", _ => "ulong" };
        return new DataShape(
            element.CSharp, element.C, word, element.Signature,
            element.IsBool ? $"{Interop}.BoolData" : $"{Interop}.PlainData<{element.CSharp}, {alignment}>", element.Size, element.Alignment, false, default);
    }

    /// <summary>A pointer to data.</summary>
    public static DataShape Data(string cSharp, string c, bool isClass) => new(
        cSharp, $"const struct {c} *", c, $"data {cSharp.Replace("global::", "")}", $"{Interop}.ReferenceData<{cSharp}, {cSharp}.PluginDataShape>", 8, 8, true, default)
    {
        IsReference = true,
        IsClass = isClass,
        Data = new Sequence<string>([cSharp]),
    };

    /// <summary>The same, and null. A struct with a pointer to nothing in it has no place for null, and is not made of.</summary>
    public static DataShape Nullable(DataShape inner)
    {
        string signature = $"{inner.Signature}?";
        if (inner.IsReference)
        {
            string kind = inner.IsClass ? "NullableReferenceData" : "OptionalReferenceData";
            return inner with { CSharp = inner.CSharp + "?", Signature = signature, Runtime = $"{Interop}.{kind}<{inner.CSharp}, {inner.CSharp}.PluginDataShape>", Inner = inner };
        }

        if (inner.IsClass)
        {
            return inner with { CSharp = inner.CSharp + "?", Signature = signature, Runtime = $"{Interop}.NullableData<{inner.CSharp}, {inner.Runtime}>", Inner = inner };
        }

        // A list that is a struct in C# has no null of its own, and so another layout than one that is a class.
        if (inner.IsList)
        {
            signature = $"option<{inner.Signature}>";
        }

        var option = new NativeDeclaration(
            $"{inner.Word}_option", "A value, or null.",
            Fields([.. Padded("uint8_t has_value; /* 0 or 1. */", 1, inner.Alignment), Field(inner.C, "value")]), inner.Alignment + inner.Size) { Helpers = new Sequence<string>(HeaderHelpers.OfOption($"{inner.Word}_option", inner.C)) };
        return new DataShape(
            inner.CSharp + "?", option.C, option.C, signature, $"{Interop}.OptionData<{inner.CSharp}, {inner.Runtime}>",
            option.Size, inner.Alignment, inner.HasPointers, With(option, inner)) { Inner = inner, Data = inner.Data, Meaning = inner.Meaning };
    }

    /// <summary>A pointer to the first element, and their number.</summary>
    /// <param name="cSharp">The collection in C#.</param>
    /// <param name="runtime">The name of its IDataShape.</param>
    /// <param name="kind">What it is in the record.</param>
    /// <param name="isClass">Whether null could be one.</param>
    public static DataShape List(string cSharp, string runtime, string kind, bool isClass, DataShape item)
    {
        var list = new NativeDeclaration(
            $"{item.Word}_list", $"`count` elements one after the other{(item.IsReference ? ", each a pointer" : "")}. Where it may be null, NULL is null, and an empty list is not NULL.",
            Fields($"{(item.IsReference ? $"{item.C}const *" : $"const {item.C} *")}items;", "size_t count;"), 16);
        return new DataShape(
            cSharp, list.C, list.C, $"{kind}<{item.Signature}>", $"{Interop}.{runtime}<{item.CSharp}, {item.Runtime}>", 16, 8, true, With(list, item)) { IsClass = isClass, IsList = true, Data = item.Data, Parts = new Sequence<DataShape>([item]) };
    }

    /// <summary>A list of pairs.</summary>
    public static DataShape Dictionary(string cSharp, string runtime, DataShape key, DataShape value)
    {
        DataShape pair = Composite("", $"{key.Word}_{Short(value)}_pair", "An entry.", "pair", "", ["key", "value"], [key, value]);
        DataShape list = List(cSharp, runtime, "dictionary", true, pair);
        return list with
        {
            Signature = $"dictionary<{key.Signature}, {value.Signature}>",
            Runtime = $"{Interop}.{runtime}<{key.CSharp}, {key.Runtime}, {value.CSharp}, {value.Runtime}>",
        };
    }

    /// <summary>The items in their order, each at its alignment.</summary>
    public static DataShape Tuple(string cSharp, DataShape[] items) => Composite(
        cSharp, $"{items[0].Word}_{string.Join("_", items.Skip(1).Select(Short))}_tuple", "A tuple.", "tuple",
        $"{Interop}.TupleData<{string.Join(", ", items.Select(i => $"{i.CSharp}, {i.Runtime}"))}>", [.. items.Select((_, i) => $"item{i + 1}")], items);

    /// <summary>A field of a struct in C.</summary>
    public static string Field(string type, string name) => type.EndsWith("*", System.StringComparison.Ordinal) ? $"{type}{name};" : $"{type} {name};";

    /// <summary>A line, and the padding up to an offset.</summary>
    public static IEnumerable<string> Padded(string line, int offset, int alignment)
    {
        yield return line;
        int padding = (alignment - (offset % alignment)) % alignment;
        if (padding > 0)
        {
            yield return $"uint8_t reserved_{offset}[{padding}]; /* 0 */";
        }
    }

    private static DataShape Composite(string cSharp, string name, string doc, string kind, string runtime, string[] names, DataShape[] items)
    {
        var fields = new List<string>();
        int offset = 0, alignment = items.Max(i => i.Alignment);
        for (int i = 0; i < items.Length; i++)
        {
            offset += items[i].Size;
            int next = i + 1 < items.Length ? items[i + 1].Alignment : alignment;
            fields.AddRange(Padded(Field(items[i].C, names[i]), offset, next));
            offset = (offset + next - 1) / next * next;
        }

        bool hasPointers = items.Any(i => i.HasPointers);
        var declaration = new NativeDeclaration(name, doc, new Sequence<string>(fields), offset);
        return new DataShape(
            cSharp, name, name, $"{kind}<{string.Join(", ", items.Select(i => i.Signature))}>", runtime, offset, alignment, hasPointers, With(declaration, items))
        {
            Data = new Sequence<string>(items.SelectMany(i => i.Data).Distinct()),
            Parts = new Sequence<DataShape>(items),
        };
    }

    private static DataShape Number(string cSharp, string c, string word, string signature, string runtime, int size, string number, string meaning) =>
        new(cSharp, c, word, signature, runtime, size, size, false, default) { Number = number, Meaning = meaning };

    private static DataShape Struct(string cSharp, NativeDeclaration declaration, string signature, string runtime, int alignment) =>
        new(cSharp, declaration.C, declaration.C, signature, runtime, declaration.Size, alignment, false, new Sequence<NativeDeclaration>([declaration]));

    private static DataShape Text(string cSharp, string signature, string runtime, string meaning = "") =>
        new(cSharp, s_text.C, s_text.C, signature, runtime, 16, 8, true, new Sequence<NativeDeclaration>([s_text])) { IsText = true, IsClass = true, Meaning = meaning };

    private static string Short(DataShape shape) => shape.Word.StartsWith("np_", System.StringComparison.Ordinal) ? shape.Word.Substring(3) : shape.Word;

    private static Sequence<string> Fields(params string[] lines) => new(lines);

    private static Sequence<NativeDeclaration> With(NativeDeclaration declaration, params DataShape[] parts) =>
        new(parts.SelectMany(part => part.Declarations).Append(declaration).Distinct());
}
