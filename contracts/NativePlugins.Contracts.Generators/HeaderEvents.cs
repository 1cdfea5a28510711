using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The functions by which a callee in C raises an event.</summary>
internal static class HeaderEvents
{
    public static void Write(CodeText code, ContractModel contract)
    {
        foreach (MemberModel add in contract.Members.Where(m => m.Event is not null && m.Parameters[0].Shape is HandlerParameter { IsAdded: true }))
        {
            ContractModel callback = add.Parameters[0].Shape.Callback!;
            ParameterModel[] own = [.. callback.Members[0].Parameters];
            string handlers = Free("handlers", own), count = Free("handler_count", own), index = Free("index", own), status = Free("status", own);
            IEnumerable<string> parameters =
            [
                $"const np_object *{handlers}", $"size_t {count}", .. own.SelectMany(p => p.Shape.C(p.CName)), "const np_error_sink *error",
            ];
            string passed = string.Join(", ", own.SelectMany(p => p.Names).Prepend($"{handlers}[{index}].context").Append("error"));
            code.Line($"/* Raises {add.Event}: calls the handlers that have a table, one after the other, up to the first that fails; returns its status. */");
            code.Line(HeaderComment.Wrap($"static inline int32_t {contract.CName}_raise_{CNames.Part(add.Event!)}(", parameters, ") {"));
            code.Line($"    int32_t {status} = NP_OK;");
            code.Line($"    size_t {index};");
            code.Line($"    for ({index} = 0; {index} < {count} && {status} == NP_OK; {index}++) {{");
            code.Line($"        if ({handlers}[{index}].table != NULL) {{");
            code.Line($"            {status} = ((const {callback.CName} *){handlers}[{index}].table)->invoke({passed});");
            code.Line("        }").Line("    }").Line($"    return {status};").Line("}").Line();
        }
    }

    private static string Free(string name, ParameterModel[] parameters)
    {
        while (parameters.Any(p => p.Names.Contains(name)))
        {
            name += "_";
        }

        return name;
    }
}
