using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The table of the types that cross as C++ sees them, for docs/contracts-cpp.md: each row is what the shape of an example says.</summary>
internal static class CppTypeTable
{
    /// <summary>The table in Markdown, each line with its end.</summary>
    public static string Markdown => string.Concat(Lines().Select(line => line + "\n"));

    /// <summary>The parameter of a row.</summary>
    public static string Parameter(ParameterShape shape, CppTypes types) => Example(CppParameter.Of(new ParameterModel("x", "x", shape, false, ""), types).Declared!);

    private static IEnumerable<string> Lines()
    {
        var types = new CppTypes(new RustNames([], CppTypes.Known, CppTypes.FunctionsEnd));
        yield return "| C# | Parameter `x` | Result | In data |";
        yield return "| --- | --- | --- | --- |";
        foreach ((string cSharp, ParameterShape shape, ResultShape? result, DataShape? data, string _) in TypeTable.Rows())
        {
            string returned = result is null ? "" : types.Returned(result) is { } value ? $"`{value}`" : $"`np::result<{types.Kind(result)}> &`";
            string row = string.Join(" | ", [cSharp, $"`{Parameter(shape, types)}`", returned, data is null ? "" : $"`{types.Of(data)}`"]);
            yield return $"| {Example(row)} |";
        }
    }

    // The examples of the table stand in no project.
    private static string Example(string row) => row
        .Replace("person", "Person").Replace("payment", "Payment").Replace("<mode>", "<Mode>").Replace("mode x", "Mode x").Replace("`mode`", "`Mode`").Replace("`size`", "`Size`").Replace("const size ", "const Size ")
        .Replace("ContractsContract::", "").Replace("::_", "Its");
}
