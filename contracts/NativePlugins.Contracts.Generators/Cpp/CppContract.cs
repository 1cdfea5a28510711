using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace NativePlugins.Contracts.Generators;

/// <summary>A contract in C++: the class of a proxy, and the functions of a table that call a class which implements it.</summary>
internal sealed class CppContract(ContractModel contract, CppTypes types)
{
    private readonly string _name = types.Class(contract);
    private readonly CppMember[] _members = [.. contract.Members.Select(member => new CppMember(contract, member, types))];

    private string Functions => $"{_name}{CppTypes.FunctionsEnd}";

    public void WriteForward(CodeText code) => code.Line($"class {_name};").Line($"template <class T> struct {Functions};");

    public void WriteClass(CodeText code) => Write(code, WriteClassText);

    public void WriteDefinitions(CodeText code) => Write(code, WriteDefinitionsText);

    // A member of that name is what np and std mean in its class from then on.
    private void Write(CodeText code, System.Action<CodeText> write)
    {
        var text = new CodeText();
        write(text);
        string lines = text.ToString();
        code.Lines(contract.Members.Any(member => member.CName is "np" or "std") ? Regex.Replace(lines, @"(?<![\w:])(np|std)::", "::$1::") : lines);
    }

    private void WriteClassText(CodeText code)
    {
        code.Line($"/* {(contract.Callback is null ? contract.ServiceId : _name)}");
        HeaderComment.WriteBody(code, contract.Doc, " * ");
        code.Line(" *").Line(" * A class implements it with");
        foreach (string implemented in _members.Select(member => member.Implemented).Distinct())
        {
            code.Line($" *     {implemented}");
        }

        code.Line(" */");
        code.Line($"class {_name} : public np::proxy<{contract.CName}, {Functions}> {{").Line("public:");
        code.Line($"    using np::proxy<{contract.CName}, {Functions}>::proxy;");
        if (contract.Callback is null)
        {
            code.Line($"    static constexpr std::string_view npId = \"{contract.ServiceId}\";");
        }

        foreach (CppMember member in _members)
        {
            code.Line();
            member.WriteDeclaration(code);
        }

        code.Line("};").Line();
    }

    private void WriteDefinitionsText(CodeText code)
    {
        foreach (CppMember member in _members)
        {
            member.WriteDefinition(code, _name);
        }

        bool ends = contract.IsDisposable || contract.IsAsyncDisposable;
        code.Line("/* Between the boundary and a class that implements the contract. */");
        code.Line($"template <class T> struct {Functions}{(ends ? "" : " : np::no_end<T>")} {{");
        foreach (CppMember member in _members)
        {
            member.WriteFunction(code);
        }

        code.Line().Line($"    static constexpr {contract.CName} npTable = {{");
        code.Line(HeaderComment.Wrap("        ", contract.Members.Select(member => member.CName).Prepend($"{CNames.Macro(contract.CName)}_PREFIX(nullptr)"), "};"));
        if (ends)
        {
            WriteEnds(code);
        }

        code.Line("};").Line();
    }

    // What ends an object: not in the way of a member of that name.
    private string Hook(string name) => contract.Members.Any(member => member.CName == name) ? name + "_" : name;

    private void WriteEnds(CodeText code)
    {
        string dispose = Hook("dispose"), finish = Hook("finish");
        code.Line().Line($"    template <class U> static auto npDispose(U &theSelf, int) -> decltype(static_cast<void>(theSelf.{dispose}())) {{ theSelf.{dispose}(); }}");
        code.Line("    template <class U> static void npDispose(U &, long) {}");
        if (!contract.IsAsyncDisposable)
        {
            code.Line("    static auto npFinish() -> decltype(np_object::finish) { return nullptr; }");
            return;
        }

        code.Line().Line("    static int32_t NP_CALL npFinishing(void *context, const np_completion *completion, const np_error_sink *error) noexcept {");
        code.Line("        return np::guarded(error, [&] {").Line("            np::completion<void> theCompletion(completion);");
        code.Line($"            np::accept(theCompletion, [&] {{ static_cast<T *>(context)->{finish}(std::move(theCompletion)); }});");
        code.Line("        });").Line("    }");
        code.Line($"    template <class U, class = decltype(std::declval<U &>().{finish}(std::declval<np::completion<void>>()))>");
        code.Line("    static auto npFinishOf(int) -> decltype(np_object::finish) { return &npFinishing; }");
        code.Line("    template <class U> static auto npFinishOf(long) -> decltype(np_object::finish) { return nullptr; }");
        code.Line("    static auto npFinish() -> decltype(np_object::finish) { return npFinishOf<T>(0); }");
    }
}
