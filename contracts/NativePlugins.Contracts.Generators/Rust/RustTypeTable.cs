using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The table of the types that cross as Rust sees them, for docs/contracts-rust.md: each row is what the shape of an example says.</summary>
internal static class RustTypeTable
{
    /// <summary>The table in Markdown, each line with its end.</summary>
    public static string Markdown => string.Concat(Lines().Select(line => line + "\n"));

    private static RustTypes Types => new(new RustNames([]), new Dictionary<string, DataModel>());

    /// <summary>The parameter of a row.</summary>
    public static string Parameter(ParameterShape shape, bool isAsync) =>
        Short(RustParameter.Of(new ParameterModel("x", "x", shape, false, ""), isAsync, Types).Declared[0].Type);

    private static string Short(string text) => text.Replace("np::", "").Replace("'_, ", "").Replace("<'_>", "").Replace("super::::_", "Its");

    private static IEnumerable<string> Lines()
    {
        RustTypes types = Types;
        yield return "| C# | Parameter | Result | In data |";
        yield return "| --- | --- | --- | --- |";
        foreach ((string cSharp, ParameterShape shape, ResultShape? result, DataShape? data, string _) in TypeTable.Rows())
        {
            string returned = result is null ? ""
                : RustResult.Returned(result, types) is { } value ? $"`{value}`"
                : $"`Put<{RustResult.Kind(result, types)}>`";
            string row = string.Join(" | ", [cSharp, $"`{Parameter(shape, shape is SpanParameter { IsMemory: true })}`", returned, data is null ? "" : $"`{types.Of(data, "'a")}`"]);
            yield return $"| {Short(row)} |";
        }
    }
}
