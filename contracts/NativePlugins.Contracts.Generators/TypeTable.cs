using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The table of the types that cross, for docs/contracts.md: each row is what the shape of an example says.</summary>
internal static class TypeTable
{
    private const string Example = "x";

    /// <summary>The table in Markdown, each line with its end.</summary>
    public static string Markdown => string.Concat(Lines().Select(line => line + "\n"));

    private static IEnumerable<string> Lines()
    {
        var cpp = new CppTypes(new RustNames([], CppTypes.Known, CppTypes.FunctionsEnd));
        yield return "| C# | Parameter `x` in C | Result in C | In data, lists, options | Parameter in C++ | in Rust | |";
        yield return "| --- | --- | --- | --- | --- | --- | --- |";
        foreach ((string cSharp, ParameterShape parameter, ResultShape? result, DataShape? data, string meaning) in Rows())
        {
            string c = string.Join(", ", parameter.C(Example));
            string returned = result switch
            {
                null => "",
                DataResult { Data.TargetName: var name } => $"put: `{name}`",
                ObjectResult or StreamResult or ByteStreamResult => "put: `np_object`",
                { CallsBack: true } => "`np_sink`: " + result.Form.Split(',')[0],
                _ => $"`{result.C}`",
            };
            string inside = data is null ? "" : $"`{data.C.Trim()}`";
            bool isLater = parameter is SpanParameter { IsMemory: true };
            yield return $"| {string.Join(" | ", [cSharp, $"`{c}`", returned, inside, $"`{CppTypeTable.Parameter(parameter, cpp)}`", $"`{RustTypeTable.Parameter(parameter, isLater)}`", meaning])} |";
        }
    }

    /// <summary>An example of each row.</summary>
    public static IEnumerable<(string CSharp, ParameterShape Parameter, ResultShape? Result, DataShape? Data, string Meaning)> Rows()
    {
        ElementModel number = new("int", "int32_t", "i32", null, false, false, 4, 4), flag = new("bool", "uint8_t", "bool", null, true, false, 1, 1);
        ElementModel mode = new("Mode", "mode", "", "int", false, false, 4, 4), size = new("Size", "size", "", null, false, true, 8, 4);
        yield return Element("integers, `float`, `double`, `nint`, `nuint`", number, "`nint`, `nuint` only as a parameter or result");
        yield return Element("`bool`", flag, "0 or 1");
        yield return Element("enums", mode, "a `typedef` of their base, and a macro for each value");
        yield return ("structs of these, except `bool`, `nint` and `nuint`", new StructParameter(size, false), new ValueResult(size), DataTypes.Element(size), "padding is written out as fields; `in` saves a copy");
        foreach (string name in new[] { "char", "System.Half", "System.Int128", "System.UInt128", "decimal", "System.Guid", "System.TimeSpan", "System.DateTime", "System.DateTimeOffset", "System.DateOnly", "System.TimeOnly" })
        {
            DataShape known = DataTypes.Known(name)!;
            string meaning = name == "System.DateTime" ? known.Meaning + " Of kind Utc; others are refused when they are sent." : known.Meaning;
            yield return Data($"`{name.Replace("System.", "")}`", known, meaning);
        }

        DataShape text = DataTypes.Known("string")!, integer = DataTypes.Element(number), person = DataTypes.Data("Person", "person", true);
        yield return ("`string`", new TextParameter(), new TextResult(), text, "UTF-8; never null; up to 256 bytes on the stack, longer ones pooled");
        yield return Data("`string?`", DataTypes.Nullable(text), "NULL is null, and empty text is not NULL");
        yield return Data("`Uri`, `Version`", DataTypes.Known("System.Uri")!, "their text; `Uri?`, `Version?` as `string?`");
        yield return Data("`int?` and every other value that may be null", DataTypes.Nullable(integer), "");
        yield return Data("`Person`, a type with `[PluginData]`", person, "its struct");
        yield return Data("`Person?`", DataTypes.Nullable(person), "NULL is null");
        yield return Data("`Payment`, of which `Cash` and `Card` are cases", DataTypes.Data("Payment", "payment", true), "its struct: a tag, and a pointer to the case's struct");
        yield return Data("`T[]`, `List<T>`, `IReadOnlyList<T>`, `ImmutableArray<T>`", DataTypes.List("", "", "", true, integer), "an array of numbers or structs of them is not copied as an argument; as a result it is as in the last row");
        yield return Data("`HashSet<T>`, `IReadOnlySet<T>`", DataTypes.List("", "", "", true, DataTypes.Known("System.Guid")!), "as a list");
        yield return Data("`Dictionary<K, V>`, `IReadOnlyDictionary<K, V>`", DataTypes.Dictionary("", "", text, integer), "a list of pairs `key`, `value`");
        yield return Data("`(int, string)`, up to four items", DataTypes.Tuple("", [integer, text]), "`item1`, `item2`; names are C#'s own");
        yield return ("`ReadOnlySpan<T>`, `Span<T>`", new SpanParameter(number, true, false), null, null, "elements of the first four rows without `bool`; not copied; a `Span<T>` is written in place");
        yield return ("`ReadOnlyMemory<T>`, `Memory<T>`, in asynchronous members", new SpanParameter(number, true, true), null, null, "not copied; stays in place until the call completes");
        var contract = new ContractReference("", "", "its_table", false);
        yield return ("an interface with `[PluginContract]`, also nullable", new ContractParameter(contract, false), new ObjectResult(contract, false), null, "as a parameter a callback, until the call returns or completes; as a result [an object](#objects), which the caller keeps");
        yield return ("one that derives from `IDisposable` or `IAsyncDisposable`", new ObjectParameter(contract, false), new ObjectResult(contract, false), null, "[an object](#objects), which its receiver keeps");
        yield return ("`Action`, `Action<…>`, `Func<…>` and other delegates, also nullable", new CallbackParameter(Callback("its_callback"), false), null, null, "[a callback](#delegates-and-events), until the call returns or completes");
        yield return ("`IAsyncEnumerable<T>`, also nullable", new StreamParameter(Callback("its_items"), false), new StreamResult(Callback("its_items"), false), null, "[a stream](#streams), which its receiver keeps");
        yield return ("`Stream`, also nullable", new ByteStreamParameter(false), new ByteStreamResult(false), null, "[a stream of bytes](#streams-of-bytes), which its receiver keeps");
        yield return ("`CancellationToken`", new CancellationParameter(), null, null, "NULL when it cannot be cancelled");
        yield return ("`T[]` of the first four rows without `bool`, as a result", DataPositions.Parameter(DataTypes.List("", "", "", true, integer)), new ArrayResult(number), null, "allocated once, by the receiver");
    }

    private static ContractModel Callback(string name) => new(
        "", new Sequence<string>([]), "", "", "", 1, false, new Sequence<MemberModel>([]), new Sequence<TypeModel>([]), new Sequence<DataModel>([]), false, false, false, false, "")
    {
        Callback = new CallbackModel(name, "", "", CallbackKind.Delegate, HasSender: false, HasArguments: false),
    };

    private static (string CSharp, ParameterShape Parameter, ResultShape? Result, DataShape? Data, string Meaning) Element(string name, ElementModel element, string meaning) =>
        (name, new ValueParameter(element), new ValueResult(element), DataTypes.Element(element), meaning);

    private static (string CSharp, ParameterShape Parameter, ResultShape? Result, DataShape? Data, string Meaning) Data(string name, DataShape data, string meaning) =>
        (name, DataPositions.Parameter(data), DataPositions.Result(data), data, meaning);
}
