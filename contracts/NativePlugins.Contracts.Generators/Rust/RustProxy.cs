using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The members of a contract that a plugin calls: of a callback, of an object that it was given, of what the application offers.</summary>
internal static class RustProxy
{
    public static void Write(CodeText code, string trait, IReadOnlyList<RustMember> members)
    {
        code.Line($"impl np::Proxy<'_, {trait}Table> {{");
        for (int i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                code.Line();
            }

            if (IsCallable(members[i]))
            {
                Write(code, members[i], i);
            }
            else
            {
                code.Line($"    // {members[i].Name}: Rust implements it, and does not call it yet.");
            }
        }

        code.Line("}").Line();
    }

    private static bool IsCallable(RustMember member) =>
        !member.Result.IsAsync && member.Parameters.All(p => p.Passed is not null)
        && member.Result.Shape is (NoResult or ValueResult or FlatResult or TextResult or ArrayResult or DataResult or ObjectResult);

    // The closure that takes a result: not in the way of a parameter of that name.
    private static string Take(RustMember member) => member.Native.Any(argument => argument.Name == "take") ? "take_" : "take";

    private static void Write(CodeText code, RustMember member, int index)
    {
        string[] generics = [.. member.Parameters.Select(p => p.Generic).OfType<string>()];
        (string result, string[] body) = Result(member);
        bool takes = member.Result.Shape is DataResult;
        string[] all = takes ? [.. generics, "R"] : generics;
        List<string> parameters = ["&self", .. member.Parameters.Select(p => p.Passed!.Value.Declared)];
        if (member.Result.Shape is DataResult { Data: var data })
        {
            string type = $"&{member.TargetOf(data)}";
            parameters.Add($"{Take(member)}: impl FnOnce({(data.Inner is null ? type : $"Option<{type}>")}) -> R");
        }

        member.WriteDoc(code);
        code.Line(HeaderComment.Wrap($"    pub fn {member.Name}{(all.Length == 0 ? "" : $"<{string.Join(", ", all)}>")}(", parameters, $") -> Result<{result}, Error> {{"));
        code.Line($"        let __function: {member.Pointer} = unsafe {{ self.function(size_of::<np::Prefix>() + {index} * size_of::<usize>())? }};");
        foreach (string line in member.Parameters.Select(p => p.Passing).OfType<string>().Concat(body))
        {
            code.Line($"        {line}");
        }

        code.Line("    }");
    }

    private static (string Type, string[] Body) Result(RustMember member)
    {
        string arguments = string.Concat(member.Parameters.Select(p => $", {p.Passed!.Value.Arguments}"));
        string call = $"|__result, __error| __function(self.context{arguments}, __result, __error)";
        return member.Result.Shape switch
        {
            NoResult => ("()", [$"np::invoke(|__error| __function(self.context{arguments}, __error))"]),
            ValueResult { Element.IsBool: true } => ("bool", [$"np::written({call}).map(np::Bool::get)"]),
            TextResult => ("String", [$"np::receive_text({call})"]),
            ArrayResult => ($"Vec<{member.Kind.Trim('[', ']')}>", [$"np::receive_elements({call})"]),
            ObjectResult { IsOptional: var isOptional, Contract: var contract } => (
                isOptional ? $"Option<np::Object<{member.TableOf(contract)}>>" : $"np::Object<{member.TableOf(contract)}>",
                [isOptional ? $"np::receive_object({call})" : $"np::receive_object({call})?.ok_or_else(np::never_put)"]),
            DataResult { Data: var data } => ("R",
            [
                $"let mut __take = Some({Take(member)});",
                "let mut __taken = None;",
                $"np::receive({call}, |__data, _| {{",
                $"    let __value = unsafe {{ np::{(data.Inner is null ? "" : "optional_")}argument(__data.cast::<{member.TargetOf(data, "'static")}>(), \"result\")? }};",
                $"    __taken = __take.take().map(|take| take({(data.Inner is null ? "&__value" : "__value.as_ref()")}));",
                "    Ok(())",
                "})?;",
                "__taken.ok_or_else(np::never_put)",
            ]),
            _ => (member.Returned!, [$"np::written({call})"]),
        };
    }
}
