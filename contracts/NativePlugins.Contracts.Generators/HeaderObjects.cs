using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>The functions by which a callee in C hands an object over, with the type of its table.</summary>
internal static class HeaderObjects
{
    public static void Write(CodeText code, ContractModel contract)
    {
        foreach (MemberModel member in contract.Functions)
        {
            if (member.Result.Shape is ObjectResult { Contract: var other })
            {
                WriteHelper(code, contract, other, member.Result.IsAsync);
            }
            else if (member.Result.Shape is StreamResult { Model: var stream })
            {
                WriteHelper(code, contract, StreamShapes.Reference(stream), isAsync: false);
            }
        }
    }

    // Two members, and two headers, may have the same one.
    private static void WriteHelper(CodeText code, ContractModel contract, ContractReference other, bool isAsync)
    {
        string name = other.CName, end = isAsync ? "complete" : "put", macro = CNames.Macro($"{name}_{end}");
        string tag = other.IsMutual && name != contract.CName ? "struct " : "";
        List<string> parameters =
        [
            isAsync ? "const np_completion *completion" : "const np_sink *result",
            $"const {tag}{name} *table",
            "void *context",
            "int32_t(NP_CALL *release)(void *context, const np_error_sink *error)",
        ];
        code.Line($"#ifndef {macro}_DECLARED").Line($"#define {macro}_DECLARED");
        code.Line($"/* Hands an object over, which is the caller's once this has returned NP_OK. table NULL is null. */");
        code.Line(HeaderComment.Wrap($"static inline int32_t {name}_{end}(", parameters, ") {"));
        code.Line("    np_object object = {sizeof(object), 0, NULL, NULL, NULL, NULL};");
        code.Line("    object.context = context;").Line("    object.table = table;").Line("    object.release = release;");
        code.Line(isAsync
            ? "    return completion->complete(completion->context, NP_OK, table == NULL ? NULL : &object, table == NULL ? 0 : sizeof(object), NULL);"
            : "    return result->write(result->context, table == NULL ? NULL : &object, table == NULL ? 0 : sizeof(object));");
        code.Line("}").Line("#endif").Line();
    }
}
