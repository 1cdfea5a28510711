using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The table of the types that cross as Rust sees them, for docs/contracts-rust.md: each row is what the shape of an example says.</summary>
internal static class RustTypeTable
{
    /// <summary>The table in Markdown, each line with its end.</summary>
    public static string Markdown => string.Concat(Lines().Select(line => line + "\n"));

    private static IEnumerable<string> Lines()
    {
        var types = new RustTypes(new RustNames([]), new Dictionary<string, DataModel>());
        yield return "| C# | Parameter | Result | In data |";
        yield return "| --- | --- | --- | --- |";
        foreach ((string cSharp, ParameterShape shape, ResultShape? result, DataShape? data, string _) in TypeTable.Rows())
        {
            RustParameter parameter = RustParameter.Of(new ParameterModel("x", "x", shape, false, ""), shape is SpanParameter { IsMemory: true }, types);
            string returned = result is null ? ""
                : RustResult.Returned(result, types) is { } value ? $"`{value}`"
                : $"`Put<{RustResult.Kind(result, types)}>`";
            string row = string.Join(" | ", [cSharp, $"`{parameter.Declared[0].Type}`", returned, data is null ? "" : $"`{types.Of(data, "'a")}`"]);
            yield return $"| {row.Replace("np::", "").Replace("'_, ", "").Replace("<'_>", "").Replace("super::::_", "Its")} |";
        }
    }
}
