using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The structs and enums of a C++ file. Each lies in memory as its C struct does, which the compiler checks.</summary>
internal static class CppData
{
    public static void Write(CodeText code, TypeModel type, CppTypes types)
    {
        string name = types.Names.Type(type.C);
        HeaderComment.Write(code, type.Doc, "");
        if (type.IsEnum)
        {
            WriteEnum(code, type, name);
            return;
        }

        code.Line($"struct {name} {{");
        foreach (FieldModel field in type.Fields)
        {
            code.Line($"    {types.OfC(field.C)} {field.CName}{{}};{HeaderComment.AtLineEnd(field.Doc)}");
        }

        code.Line("};");
        WriteAssertions(code, name, type.C, type.Fields.Select(field => field.CName));
    }

    public static void Write(CodeText code, DataModel data, CppTypes types, IReadOnlyDictionary<string, string> bases)
    {
        string name = types.Record(data.C);
        HeaderComment.Write(code, data.Doc, "");
        code.Line($"struct {name} {{");
        code.Line($"    uint32_t struct_size = sizeof({name});");
        if (data.Cases.Count > 0)
        {
            code.Line($"    uint32_t tag = 0; /* Which of its types it is: np::get_if reads one, np::one_of makes one. */").Line("    const void *value = nullptr;");
        }

        foreach ((string field, string type, string doc) in Fields(data, types))
        {
            code.Line($"    {type} {field}{HeaderComment.AtLineEnd(doc)}");
        }

        code.Line();
        if (data.Base is { } parent && bases.TryGetValue(parent.CSharp, out string c))
        {
            code.Line($"    using npBase = {types.Record(c)};").Line($"    static constexpr uint32_t npTag = {parent.Tag};");
        }

        IEnumerable<int> ends = data.Members.Where(m => m.Minor > data.Least).Select(m => m.End).Prepend(data.Minimum).Distinct();
        code.Line("    static constexpr bool npHasPointers = true;");
        code.Line($"    static constexpr std::initializer_list<uint32_t> npEnds() {{ return npVersions; }}");
        code.Line($"    static constexpr std::initializer_list<uint32_t> npVersions = {{{string.Join(", ", ends)}}};");
        code.Line("    void npCheck(np::limits &theLeft) const;");
        code.Line("};");
        WriteAssertions(code, name, data.C, data.Members.Select(member => member.CName));
    }

    /// <summary>The functions that check data: behind all structs, as they lead to each other.</summary>
    public static void WriteCheck(CodeText code, DataModel data, CppTypes types)
    {
        string name = types.Record(data.C);
        DataMemberModel[] members = [.. data.Members.Where(member => member.Shape.HasPointers)];
        code.Line($"inline void {name}::npCheck(np::limits &{(members.Length + data.Cases.Count > 0 ? "theLeft" : "")}) const {{");
        if (data.Cases.Count > 0)
        {
            code.Line("    switch (tag) {");
            foreach (CaseModel item in data.Cases.Where(item => item.Tag != 0))
            {
                code.Line($"    case {item.Tag}:").Line($"        np::check_member(\"{item.CName}\", [&] {{ np::check_pointer(static_cast<const {types.Record(item.C)} *>(value), theLeft); }});").Line("        break;");
            }

            if (!data.IsAbstract)
            {
                code.Line("    case 0:").Line("        break;");
            }

            string known = string.Join(", ", data.Cases.Select(item => item.Tag));
            code.Line("    default:").Line($"        throw np::fault(\"tag is \" + np::digits(tag) + \", and known are {known}\");").Line("    }");
        }

        foreach (DataMemberModel member in members)
        {
            code.Line($"    np::check_member(\"{member.CName}\", [&] {{ np::check({member.CName}, theLeft); }});");
        }

        code.Line("}").Line();
    }

    private static IEnumerable<(string Name, string Type, string Doc)> Fields(DataModel data, CppTypes types)
    {
        int offset = data.Prefix;
        foreach (DataMemberModel member in data.Members)
        {
            if (member.Offset > offset)
            {
                yield return ($"reserved_{offset}[{member.Offset - offset}] = {{}};", "uint8_t", "0");
            }

            string since = member.Minor > 0 ? $"Since minor version {member.Minor}: 0, null or empty where the other side does not know it, which np::has says." : "";
            yield return ($"{member.CName}{{}};", types.Of(member.Shape), string.Join(" ", new[] { member.Doc, member.Shape.Meaning, since }.Where(part => part.Length > 0)));
            offset = member.End - member.Padding;
            if (member.Padding > 0)
            {
                yield return ($"reserved_{offset}[{member.Padding}] = {{}};", "uint8_t", "0");
                offset = member.End;
            }
        }

        if (data.Members.Count == 0 && data.Size > offset)
        {
            yield return ($"reserved_{offset}[{data.Size - offset}] = {{}};", "uint8_t", "0");
        }
    }

    private static void WriteAssertions(CodeText code, string name, string c, IEnumerable<string> members)
    {
        code.Line($"static_assert(sizeof({name}) == sizeof({c}) && alignof({name}) == alignof({c}), \"{name} is a {c}\");");
        foreach (string member in members)
        {
            code.Line($"static_assert(offsetof({name}, {member}) == offsetof({c}, {member}), \"{member} is where it is in C\");");
        }

        code.Line();
    }

    private static void WriteEnum(CodeText code, TypeModel type, string name)
    {
        HashSet<string> taken = [];
        code.Line($"enum class {name} : {type.UnderlyingC} {{");
        foreach (FieldModel value in type.Fields)
        {
            string item = RustNames.Pascal(value.CName);
            while (!taken.Add(item))
            {
                item += "_";
            }

            // The smallest number has no literal.
            string number = value.Value == "-9223372036854775808" ? "INT64_MIN" : type.Size == 8 ? $"{(value.Value[0] == '-' ? "INT64_C" : "UINT64_C")}({value.Value})" : value.Value;
            code.Line($"    {item} = {(type.UnderlyingC == "int64_t" && value.Value[0] != '-' ? $"INT64_C({value.Value})" : number)},{HeaderComment.AtLineEnd(value.Doc)}");
        }

        code.Line("};").Line();
    }
}
