using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The structs and enums of a header. Several contracts may share one, so each is guarded.</summary>
internal static class HeaderTypes
{
    public static void Write(CodeText code, ContractModel contract)
    {
        foreach (TypeModel type in contract.Types)
        {
            string macro = CNames.Macro(type.C);
            code.Line($"#ifndef {macro}_DECLARED").Line($"#define {macro}_DECLARED");
            HeaderComment.Write(code, type.Doc, "");
            if (type.IsEnum)
            {
                WriteEnum(code, type, macro);
            }
            else
            {
                WriteStruct(code, type);
            }

            code.Line("#endif").Line();
        }

        foreach (TypeModel type in contract.Types.Where(t => !t.IsEnum))
        {
            code.Line($"NP_STATIC_ASSERT({contract.CName}_{type.C}_size, sizeof({type.C}) == {type.Size});");
            foreach (FieldModel field in type.Fields)
            {
                // The assertion about the struct's own size has taken the name that ends in _size.
                string end = field.CName == "size" ? "_offset" : "";
                code.Line($"NP_STATIC_ASSERT({contract.CName}_{type.C}_{field.CName}{end}, offsetof({type.C}, {field.CName}) == {field.Offset});");
            }

            code.Line();
        }
    }

    /// <summary>The structs of data, and what they are made of. Pointers go by the tags of structs, so that data may contain itself.</summary>
    public static void WriteData(CodeText code, ContractModel contract)
    {
        NativeDeclaration[] declarations = [.. contract.Contents.SelectMany(content => content.Declarations).Distinct(), .. contract.Data.Select(Declaration)];
        if (declarations.Length == 0)
        {
            return;
        }

        code.Line($"NP_STATIC_ASSERT({contract.CName}_is_for_64_bits, sizeof(void *) == 8);").Line();
        if (contract.Data.Count > 0)
        {
            code.Line("/* Data. struct_size first, and fields are only ever appended: read a later one if NP_HAS it. */");
            foreach (DataModel data in contract.Data)
            {
                code.Line($"struct {data.C};");
            }

            code.Line();
        }

        if (declarations.Any(declaration => declaration.Helpers.Count > 0))
        {
            foreach (string line in HeaderHelpers.Zeros)
            {
                code.Line(line);
            }

            code.Line();
        }

        foreach (NativeDeclaration declaration in declarations)
        {
            WriteDeclaration(code, declaration);
        }

        foreach (MemberModel member in contract.Functions)
        {
            if (member.Result.Shape is DataResult { Data.TargetName: var name })
            {
                WriteHelper(code, name, member.Result.IsAsync);
            }

            foreach (string put in member.Parameters.Select(p => (p.Shape as PutParameter)?.Result).OfType<DataResult>().Select(result => result.Data.TargetName))
            {
                WriteHelper(code, put, isAsync: false);
            }
        }

        foreach (NativeDeclaration declaration in declarations)
        {
            code.Line($"NP_STATIC_ASSERT({contract.CName}_{declaration.C}_size, sizeof({declaration.C}) == {declaration.Size});");
        }

        code.Line();
        foreach (DataModel data in contract.Data)
        {
            if (data.Cases.Count > 0)
            {
                code.Line($"NP_STATIC_ASSERT({contract.CName}_{data.C}_value_offset, offsetof({data.C}, value) == 8);");
            }

            foreach (DataMemberModel member in data.Members)
            {
                code.Line($"NP_STATIC_ASSERT({contract.CName}_{data.C}_{member.CName}_offset, offsetof({data.C}, {member.CName}) == {member.Offset});");
            }

            code.Line();
        }
    }

    /// <summary>The struct of data.</summary>
    public static NativeDeclaration Declaration(DataModel data)
    {
        List<string> fields = [$"uint32_t struct_size; /* sizeof({data.C}) */", .. HeaderCases.Fields(data)];
        int offset = data.Prefix;
        foreach (DataMemberModel member in data.Members)
        {
            if (member.Offset > offset)
            {
                fields.Add($"uint8_t reserved_{offset}[{member.Offset - offset}]; /* 0 */");
            }

            string doc = string.Join(" ", new[] { member.Doc, member.Shape.Meaning, member.Minor > 0 ? $"Since minor version {member.Minor}." : "" }.Where(part => part.Length > 0));
            fields.Add(DataTypes.Field(member.Shape.C, member.CName) + HeaderComment.AtLineEnd(doc));
            offset = member.End - member.Padding;
            if (member.Padding > 0)
            {
                fields.Add($"uint8_t reserved_{offset}[{member.Padding}]; /* 0 */");
                offset = member.End;
            }
        }

        if (data.Members.Count == 0 && data.Size > offset)
        {
            fields.Add($"uint8_t reserved_{offset}[{data.Size - offset}]; /* 0 */");
        }

        return new NativeDeclaration(data.C, data.Doc, new Sequence<string>(fields), data.Size) 
        {
            Macros = new Sequence<string>(HeaderCases.Macros(data)), Helpers = new Sequence<string>(HeaderHelpers.OfData(data)),
        };
    }

    private static void WriteDeclaration(CodeText code, NativeDeclaration declaration)
    {
        string name = declaration.C, macro = CNames.Macro(name);
        code.Line($"#ifndef {macro}_DECLARED").Line($"#define {macro}_DECLARED");
        foreach (string define in declaration.Macros)
        {
            code.Line(define);
        }

        HeaderComment.Write(code, declaration.Doc, "");
        code.Line($"typedef struct {name} {{");
        foreach (string field in declaration.Fields)
        {
            code.Line($"    {field}");
        }

        code.Line($"}} {name};");
        if (declaration.Helpers.Count > 0)
        {
            code.Line();
        }

        foreach (string line in declaration.Helpers)
        {
            code.Line(line);
        }

        code.Line("#endif").Line();
    }

    /// <summary>The function by which a callee hands over a result, with the result's type. Two members may have the same one.</summary>
    private static void WriteHelper(CodeText code, string name, bool isAsync)
    {
        string end = isAsync ? "complete" : "put", macro = CNames.Macro($"{name}_{end}");
        string parameter = isAsync ? "const np_completion *completion" : "const np_sink *result";
        string call = isAsync ? "completion->complete(completion->context, NP_OK, " : "result->write(result->context, ";
        code.Line($"#ifndef {macro}_DECLARED").Line($"#define {macro}_DECLARED");
        code.Line(HeaderComment.Wrap($"static inline int32_t {name}_{end}(", [parameter, $"const {name} *value"], ") {"));
        code.Line($"    return {call}value, value == NULL ? 0 : sizeof(*value){(isAsync ? ", NULL" : "")});").Line("}");
        code.Line("#endif").Line();
    }

    private static void WriteEnum(CodeText code, TypeModel type, string macro)
    {
        code.Line($"typedef {type.UnderlyingC} {type.C};");
        string kind = type.UnderlyingC.Replace("_t", "_C").ToUpperInvariant();
        foreach (FieldModel value in type.Fields)
        {
            string number = type.Size == 8
                ? value.Value == "-9223372036854775808" ? "(-INT64_C(9223372036854775807) - 1)" : value.Value[0] == '-' ? $"({kind}({value.Value}))" : $"{kind}({value.Value})"
                : value.Value == "-2147483648" ? "(-2147483647 - 1)"
                : type.UnderlyingC == "uint32_t" ? $"{value.Value}u"
                : value.Value[0] == '-' ? $"({value.Value})" : value.Value;
            code.Line($"#define {macro}_{CNames.Macro(value.CName)} {number}{HeaderComment.AtLineEnd(value.Doc)}");
        }
    }

    private static void WriteStruct(CodeText code, TypeModel type)
    {
        code.Line($"typedef struct {type.C} {{");
        foreach (FieldModel field in type.Fields)
        {
            code.Line($"    {field.C} {field.CName};{HeaderComment.AtLineEnd(field.Doc)}");
        }

        code.Line($"}} {type.C};");
    }
}
