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
