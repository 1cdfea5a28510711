using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The C# of data that may be one of several types: the base's struct has the tag, and a pointer to the struct of the case.</summary>
internal static class CaseSource
{
    private const string Interop = ContractSource.Interop;

    // Where they are in the base's struct.
    private const int Tag = 4;
    private const int Value = 8;

    /// <summary>What a case crosses as where the contract names it, and how its base writes and reads it.</summary>
    public static void Write(CodeText code, DataModel data, BaseModel parent)
    {
        string shape = $"{parent.CSharp}.PluginDataShape";
        DataSource.WriteLayout(code, $"{shape}.Size", $"{shape}.Minimum");
        code.Line($"public static void Write({Interop}.DataArena arena, {data.CSharp} value, byte* cell) => {shape}.Write(arena, value, cell);").Line();
        code.Open($"public static {data.CSharp} Read(ref {Interop}.DataReader reader, byte* cell)");
        code.Line("string at = reader.At;");
        code.Open($"if ({shape}.Read(ref reader, cell) is {data.CSharp} value)");
        code.Line("return value;");
        code.Close().Line();
        code.Line("reader.At = at;");
        code.Line($"throw reader.UnknownTag(*(uint*)(cell + {Tag}), {ContractSource.Literal(parent.CSharp.Replace("global::", ""))}, {ContractSource.Literal(Known(parent.Tag, data.FullName.Split('.').Last()))});");
        code.Close().Line();
        code.Open($"internal static byte* WriteCase({Interop}.DataArena arena, {data.CSharp} value)");
        code.Line($"byte* cell = arena.Case({data.Size});");
        code.Line($"*(uint*)cell = {data.Size};");
        DataSource.WriteMembers(code, data);
        code.Line("return cell;");
        code.Close().Line();
        code.Open($"internal static {data.CSharp} ReadCase(ref {Interop}.DataReader reader, byte* cell, uint size)");
        code.Line($"byte* own = *(byte**)(cell + {Value});");
        code.Line($"uint ownSize = reader.BeginCase(own, {data.Minimum}, {ContractSource.Literal(data.FullName)});");
        new DataReadSource(data, member => DataSource.Name(data, member)).Write(code);
        code.Close();
    }

    /// <summary>Writes the tag of the object, and its case.</summary>
    public static void WriteTag(CodeText code, DataModel data)
    {
        string none = $"throw {Interop}.DataArena.NoCase(value, {ContractSource.Literal(data.FullName)}, {ContractSource.Literal(string.Join(", ", data.Cases.Select(item => item.Name)))});";
        code.Open("switch (value)");
        foreach (CaseModel item in Derived(data))
        {
            code.Line($"case {item.CSharp} item:");
            code.Line($"    *(uint*)(cell + {Tag}) = {item.Tag};");
            code.Line($"    *(byte**)(cell + {Value}) = {item.CSharp}.PluginDataShape.WriteCase(arena, item);");
            code.Line("    break;");
        }

        if (!data.IsAbstract)
        {
            code.Line($"case var item when item.GetType() == typeof({data.CSharp}):");
            code.Line("    break;");
        }

        code.Line("default:");
        code.Line($"    {none}");
        code.Close().Line();
    }

    /// <summary>Reads by the tag.</summary>
    public static void WriteChoice(CodeText code, DataModel data)
    {
        code.Line($"uint tag = *(uint*)(cell + {Tag});");
        code.Open("switch (tag)");
        foreach (CaseModel item in Derived(data))
        {
            code.Line($"case {item.Tag}:");
            code.Line($"    return {item.CSharp}.PluginDataShape.ReadCase(ref reader, cell, size);");
        }

        if (!data.IsAbstract)
        {
            code.Line("case 0:");
            code.Line("    break;");
        }

        code.Line("default:");
        code.Line($"    throw reader.UnknownTag(tag, {ContractSource.Literal(data.FullName)}, {ContractSource.Literal(string.Join(", ", data.Cases.Select(item => Known(item.Tag, item.Name))))});");
        code.Close();
        if (!data.IsAbstract)
        {
            code.Line();
        }
    }

    private static string Known(int tag, string name) => $"{tag} ({name})";

    private static IEnumerable<CaseModel> Derived(DataModel data) => data.Cases.Where(item => item.CSharp != data.CSharp);
}
