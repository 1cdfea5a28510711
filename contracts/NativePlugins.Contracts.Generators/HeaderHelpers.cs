using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The functions of a header that make values, so that no struct_size, flag or tag is forgotten. They stand behind their struct, in its guard.</summary>
internal static class HeaderHelpers
{
    /// <summary>What a struct is initialised with: zeros. C and C++ write it differently where all warnings are errors.</summary>
    public static readonly string[] Zeros = ["#ifndef NP_ZEROS", "#ifdef __cplusplus", "#define NP_ZEROS {}", "#else", "#define NP_ZEROS {0}", "#endif", "#endif"];

    /// <summary>A text of what ends with 0.</summary>
    public static IEnumerable<string> OfText =>
    [
        "/* The text up to a 0, which is not copied; NULL is null. */",
        "static inline np_text np_text_of(const char *text) {",
        "    np_text value = NP_ZEROS;",
        "    value.data = text;",
        "    while (text != NULL && text[value.length] != 0) {",
        "        value.length++;",
        "    }",
        "    return value;",
        "}",
    ];

    /// <summary>A value that is there.</summary>
    public static IEnumerable<string> OfOption(string c, string value) => Function($"{c} {c}_of({DataTypes.Field(value, "value").TrimEnd(';')})", c, "made", "made.has_value = 1;", "made.value = value;");

    /// <summary>Data with its size and zeros, and that of each case.</summary>
    public static IEnumerable<string> OfData(DataModel data) =>
    [
        $"/* With struct_size; all else is 0, null or empty. */",
        .. Function($"{data.C} {data.C}_new(void)", data.C, "made", "made.struct_size = sizeof(made);"),
        .. data.Cases.Where(item => item.Tag != 0).SelectMany(item => Function(
            $"{data.C} {data.C}_of_{item.CName}(const struct {item.C} *value)", data.C, "made",
            "made.struct_size = sizeof(made);", $"made.tag = {HeaderCases.Macro(data, item)};", $"made.value.{item.CName} = value;")),
    ];

    /// <summary>The names of the functions.</summary>
    public static IEnumerable<string> NamesOf(DataModel data) =>
        data.Cases.Where(item => item.Tag != 0).Select(item => $"{data.C}_of_{item.CName}").Prepend($"{data.C}_new");

    private static IEnumerable<string> Function(string head, string type, string name, params string[] body) =>
        [$"static inline {head} {{", $"    {type} {name} = NP_ZEROS;", .. body.Select(line => $"    {line}"), $"    return {name};", "}"];
}
