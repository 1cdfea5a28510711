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
        member.Parameters.All(p => p.Passed is not null)
        && member.Result.Shape is (NoResult or ValueResult or FlatResult or TextResult or ArrayResult or DataResult or ObjectResult or StreamResult or ByteStreamResult);

    // The closure that takes a result: not in the way of a parameter of that name.
    private static string Take(RustMember member) => member.Native.Any(argument => argument.Name == "take") ? "take_" : "take";

    private static void Write(CodeText code, RustMember member, int index)
    {
        (string result, string[] body) = member.Result.IsAsync ? Reply(member) : Result(member);
        bool isAsync = member.Result.IsAsync;
        string call = isAsync ? "'call " : "";
        List<string> parameters = [$"&{call}self", .. member.Parameters.Select(p => p.Passed!.Value.Declared)];
        List<string> generics = [.. isAsync ? ["'call"] : (string[])[], .. member.Parameters.Select(p => p.Generic).OfType<string>()];
        if (member.Result.Shape is DataResult { Data: var data })
        {
            string type = $"&{member.TargetOf(data)}";
            parameters.Add($"{Take(member)}: impl FnOnce({(data.Inner is null ? type : $"Option<{type}>")}) -> R{(member.Result.IsAsync ? " + Send + 'static" : "")}");
            generics.Add(member.Result.IsAsync ? "R: Send + 'static" : "R");
        }

        member.WriteDoc(code);
        code.Line(HeaderComment.Wrap($"    pub fn {member.Name}{(generics.Count == 0 ? "" : $"<{string.Join(", ", generics)}>")}(", parameters, $") -> Result<{result}, Error> {{"));
        code.Line($"        let __function: {member.Pointer} = unsafe {{ self.function(size_of::<np::Prefix>() + {index} * size_of::<usize>())? }};");
        foreach (string line in member.Parameters.Select(p => p.Passing).OfType<string>().Concat(body))
        {
            code.Line($"        {line}");
        }

        code.Line("    }");
    }

    // The call, within those that offer an object by it.
    private static string Call(RustMember member, params string[] last)
    {
        string call = $"__function({string.Join(", ", ["self.context", .. member.Parameters.Select(p => p.Passed!.Value.Arguments), .. last])})";
        return member.Parameters.Select(p => p.Around).OfType<string>().Aggregate(call, (inner, around) => around.Replace("CALL", inner));
    }

    private static (string Type, string[] Body) Result(RustMember member)
    {
        string call = $"|__result, __error| {Call(member, "__result", "__error")}";
        return member.Result.Shape switch
        {
            NoResult => ("()", [$"np::invoke(|__error| {Call(member, "__error")})"]),
            ValueResult { Element.IsBool: true } => ("bool", [$"np::written({call}).map(np::Bool::get)"]),
            TextResult => ("String", [$"np::receive_text({call})"]),
            ArrayResult => ($"Vec<{member.Kind.Trim('[', ']')}>", [$"np::receive_elements({call})"]),
            ObjectResult { IsOptional: var isOptional, Contract: var contract } => Given(member.TableOf(contract), isOptional, call),
            StreamResult { IsOptional: var isOptional, Model: var model } => Given(member.TableOf(model), isOptional, call),
            ByteStreamResult { IsOptional: var isOptional } => Given(RustTypes.StreamTable, isOptional, call),
            DataResult { Data: var data } => ("R",
            [
                $"let mut __take = Some({Take(member)});",
                "let mut __taken = None;",
                $"np::receive({call}, |__data, __size| {{",
                $"    let __value = unsafe {{ np::{(data.Inner is null ? "" : "optional_")}result::<{member.TargetOf(data, "'static")}>(__data, __size)? }};",
                "    let __take = __take.take().ok_or_else(np::put_twice)?;",
                $"    __taken = Some(__take({(data.Inner is null ? "&__value" : "__value.as_ref()")}));",
                "    Ok(())",
                "})?;",
                "__taken.ok_or_else(np::never_put)",
            ]),
            _ => (member.Returned!, [$"np::written({call})"]),
        };
    }

    private static (string Type, string[] Body) Given(string table, bool isOptional, string call) =>
        isOptional ? ($"Option<np::Object<{table}>>", [$"np::receive_object({call})"]) : ($"np::Object<{table}>", [$"np::receive_object({call})?.ok_or_else(np::never_put)"]);

    // What comes later: it can be awaited once the call has begun.
    private static (string Type, string[] Body) Reply(RustMember member)
    {
        (string type, string read) = member.Result.Shape switch
        {
            ValueResult { Element.IsBool: true } => ("bool", "__ended.flat::<np::Bool>().map(np::Bool::get)"),
            ValueResult or FlatResult => (member.Flat, $"__ended.flat::<{member.Flat}>()"),
            TextResult => ("String", "__ended.text()"),
            ArrayResult => ($"Vec<{member.Kind.Trim('[', ']')}>", "__ended.elements()"),
            DataResult { Data: var data } => ("R", $"__ended.{(data.Inner is null ? "one" : "maybe")}::<{member.TargetOf(data, "'static")}, R>({Take(member)})"),
            ObjectResult { IsOptional: var isOptional, Contract: var contract } => Later(member.TableOf(contract), isOptional),
            StreamResult { IsOptional: var isOptional, Model: var model } => Later(member.TableOf(model), isOptional),
            ByteStreamResult { IsOptional: var isOptional } => Later(RustTypes.StreamTable, isOptional),
            _ => ("()", "__ended.nothing()"),
        };
        return ($"np::Reply<'call, {type}>", [$"Ok(np::Reply::begin(move |__ended| {read}, |__completion, __error| {Call(member, "__completion", "__error")}))"]);
    }

    private static (string Type, string Read) Later(string table, bool isOptional) =>
        isOptional ? ($"Option<np::Object<{table}>>", "__ended.object()") : ($"np::Object<{table}>", "__ended.object()?.ok_or_else(np::never_put)");
}
