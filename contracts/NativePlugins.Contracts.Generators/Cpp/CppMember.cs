using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>One function of a table in C++: the member of who implements it, the function between, and the member of a proxy.</summary>
internal sealed class CppMember(ContractModel contract, MemberModel member, CppTypes types)
{
    private readonly (ParameterModel Model, CppParameter Cpp)[] _parameters = [.. member.Parameters.Select(p => (p, CppParameter.Of(p, types)))];

    private string Kind => types.Kind(member.Result.Shape);

    private string? Returned => types.Returned(member.Result.Shape);

    /// <summary>What a class has to implement it.</summary>
    public string Implemented
    {
        get
        {
            if (member.Event is not null)
            {
                return $"np::event<{types.Class(member.Parameters[0].Shape.Callback!)}> {EventNames.Of(contract, member)};";
            }

            List<string> parameters = [.. _parameters.Select(p => p.Cpp.Declared!)];
            string returned = "void";
            if (member.Result.IsAsync)
            {
                parameters.Add($"np::completion<{Kind}> &&completion");
            }
            else if (Returned is { } type)
            {
                returned = type;
            }
            else
            {
                parameters.Add($"np::result<{Kind}> &result");
            }

            return $"{returned} {member.CName}({string.Join(", ", parameters)});";
        }
    }

    /// <summary>The function in the table, which calls that.</summary>
    public void WriteFunction(CodeText code)
    {
        code.Line().Line(HeaderComment.Wrap($"    static int32_t NP_CALL {member.CName}(", HeaderText.Parameters(member), ") noexcept {"));
        code.Line("        return np::guarded(error, [&] {");
        code.Line("            auto &theSelf = np::instance<T>::of(context);");
        foreach (string line in member.Event is not null ? OfEvent(EventNames.Of(contract, member)) : Body())
        {
            code.Line($"            {line}");
        }

        code.Line("        });").Line("    }");
    }

    /// <summary>The declaration of the proxy's member.</summary>
    public void WriteDeclaration(CodeText code)
    {
        if (!IsCallable)
        {
            code.Line($"    /* {member.CName}: a class implements it, and a proxy does not call it yet. */");
            return;
        }

        WriteDoc(code);
        code.Line(HeaderComment.Wrap($"    {Template}{Result} {member.CName}(", Declared, ") const;"));
    }

    /// <summary>The definition of it.</summary>
    public void WriteDefinition(CodeText code, string name)
    {
        if (!IsCallable)
        {
            return;
        }

        code.Line(HeaderComment.Wrap($"{(Template.Length > 0 ? Template : "inline ")}{Result} {name}::{member.CName}(", Declared, ") const {"));
        code.Line($"    const auto theFunction = this->npGet(&{contract.CName}::{member.CName});");
        foreach (string line in Calling())
        {
            code.Line($"    {line}");
        }

        code.Line("}").Line();
    }

    public void WriteDoc(CodeText code)
    {
        string[] lines =
        [
            member.Doc,
            .. member.Parameters.Where(p => p.Doc.Length > 0).Select(p => $"{p.CName}: {p.Doc}"),
            member.Result.Doc.Length > 0 ? $"result: {member.Result.Doc}" : "",
            member.Minor > 0 ? $"Since minor version {member.Minor}." : "",
        ];
        HeaderComment.Write(code, string.Join("\n", lines.Where(line => line.Length > 0)), "    ");
    }

    // What an asynchronous call lends is used until it ends, and a proxy's argument is gone when the call has begun.
    private bool IsCallable => _parameters.All(p => p.Cpp.Passed is not null && !(member.Result.IsAsync && p.Model.Shape is ContractParameter or CallbackParameter));

    private bool Takes => !member.Result.IsAsync && member.Result.Shape is DataResult;

    private string Template => member.Result.IsAsync ? "template <class Then> " : Takes ? "template <class Take> " : "";

    private string Result => member.Result.IsAsync || Takes ? "void"
        : member.Result.Shape switch
        {
            TextResult => "std::string",
            ArrayResult { Element: var element } => $"std::vector<{types.Of(element)}>",
            ObjectResult { Contract: var other } => $"np::object<{types.Class(other)}>",
            StreamResult { Model: var model } => $"np::object<{types.Class(model)}>",
            ByteStreamResult => $"np::object<{CppTypes.Stream}>",
            _ => Returned!,
        };

    private IEnumerable<string> Declared =>
    [
        .. _parameters.Select(p => p.Cpp.Passed!.Value.Declared),
        .. member.Result.IsAsync ? ["Then theThen"] : Takes ? ["Take &&theTake"] : (string[])[],
    ];

    private IEnumerable<string> OfEvent(string name)
    {
        ParameterModel handler = member.Parameters[0];
        yield return $"theSelf.{name}.{(((HandlerParameter)handler.Shape).IsAdded ? "npAdd" : "npRemove")}({handler.CName});";
    }

    private IEnumerable<string> Body()
    {
        string[] before = [.. _parameters.Select(p => p.Cpp.Before).OfType<string>()], after = [.. _parameters.Select(p => p.Cpp.After).OfType<string>()];
        string Call(string? last) => $"theSelf.{member.CName}({string.Join(", ", [.. _parameters.Select(p => p.Cpp.Taken), .. last is null ? [] : (string[])[last]])})";
        IEnumerable<string> call = member.Result.IsAsync
            ? [$"np::completion<{Kind}> theCompletion(completion);", $"np::accept(theCompletion, [&] {{ {Call("std::move(theCompletion)")}; }});"]
            : Returned is "void" ? [$"{Call(null)};"]
            : Returned is not null ? [$"np::give<{Kind}>(result, [&] {{ return {Call(null)}; }});"]
            : [$"np::result<{Kind}> theResult(result, \"result\");", $"{Call("theResult")};", "theResult.npRequire();"];
        return [.. before, .. call, .. after];
    }

    // The call, within those that offer an object by it.
    private string Call(params string[] last)
    {
        IEnumerable<string> arguments = ["this->npContext()", .. _parameters.Select(p => p.Cpp.Passed!.Value.Arguments), .. last];
        string call = $"theFunction({string.Join(", ", arguments)})";
        foreach (string offered in _parameters.Select(p => p.Cpp.Offered).OfType<string>())
        {
            call = $"{offered}.npOffer([&](const np_object *{CppParameter.Local(offered)}) {{ return {call}; }})";
        }

        return call;
    }

    private IEnumerable<string> Calling()
    {
        const string Sink = "[&](const np_sink *theSink, const np_error_sink *theError)";
        if (member.Result.IsAsync)
        {
            return [$"np::begin<{Kind}>(std::move(theThen), [&](const np_completion *theCompletion, const np_error_sink *theError) {{", $"    return {Call("theCompletion", "theError")};", "});"];
        }

        string native = member.Result.Shape switch
        {
            ValueResult { Element: var element } => element.IsBool ? "uint8_t" : element.C,
            FlatResult { Data: var data } => data.C,
            _ => "",
        };
        return member.Result.Shape switch
        {
            NoResult => [$"np::invoke([&](const np_error_sink *theError) {{ return {Call("theError")}; }});"],
            TextResult => [$"return np::receive_text({Sink} {{ return {Call("theSink", "theError")}; }});"],
            ArrayResult { Element: var element } => [$"return np::receive_elements<{types.Of(element)}>({Sink} {{ return {Call("theSink", "theError")}; }});"],
            DataResult => [$"np::receive<{Kind}>(theTake, {Sink} {{ return {Call("theSink", "theError")}; }});"],
            ObjectResult { Contract: var other, IsOptional: var isOptional } => [Receive(types.Class(other), isOptional)],
            StreamResult { Model: var model, IsOptional: var isOptional } => [Receive(types.Class(model), isOptional)],
            ByteStreamResult { IsOptional: var isOptional } => [Receive(CppTypes.Stream, isOptional)],
            _ =>
            [
                $"{Kind} theResult{{}};",
                $"np::invoke([&](const np_error_sink *theError) {{ return {Call($"np::native<{CppTypes.Global(native)}>(&theResult)", "theError")}; }});",
                member.Result.Shape is FlatResult { Data.Inner: not null } ? "return theResult.get();" : "return theResult;",
            ],
        };

        string Receive(string type, bool isOptional) =>
            $"return np::receive_object<{type}>({(isOptional ? "true" : "false")}, {Sink} {{ return {Call("theSink", "theError")}; }});";
    }
}
