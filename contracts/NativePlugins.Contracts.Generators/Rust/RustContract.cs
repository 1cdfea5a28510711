using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>A contract in Rust: its table, a trait for who implements it, and the functions between the two.</summary>
internal sealed class RustContract(ContractModel contract, RustTypes types)
{
    private readonly string _trait = types.Names.Trait(contract);
    private readonly RustMember[] _members = [.. contract.Members.Select(member => new RustMember(member, types))];

    private string Table => $"{_trait}Table";

    private string Functions => $"{contract.CName}_functions";

    public void Write(CodeText code)
    {
        code.Line($"// ---- {contract.ServiceId}").Line();
        WriteTrait(code);
        WriteTable(code);
        WriteExports(code);
        WriteFunctions(code);
        RustProxy.Write(code, _trait, _members);
    }

    private string? Base(RustMember member) => member.Model.Owner == contract.FullName ? null : types.Names.Trait(member.Model.Owner);

    // What ends an object: not in the way of a member of that name.
    private string Hook(string name) => _members.Any(member => member.Model.CName == name) ? name + "_" : name;

    private void WriteTrait(CodeText code)
    {
        IEnumerable<string> bases = _members.Select(Base).OfType<string>().Distinct();
        RustDoc.Write(code, contract.Doc);
        code.Line($"pub trait {_trait}: {string.Join(" + ", [.. bases, "Send", "Sync", "'static"])} {{");
        foreach (RustMember member in _members.Where(member => Base(member) is null))
        {
            if (member.Handler is { IsAdded: false })
            {
                continue;
            }

            member.WriteDoc(code);
            code.Line(member.Handler is { } handler ? $"    fn {Event(member)}(&self) -> &np::Event<{member.TableOf(handler.Model)}>;" : $"{member.Signature};").Line();
        }

        if (contract.IsDisposable || contract.IsAsyncDisposable)
        {
            code.Line("    /// Ends the object, to which no reference is left.");
            code.Line($"    fn {Hook("dispose")}(self) -> Result<(), Error>").Line("    where").Line("        Self: Sized,").Line("    {").Line("        Ok(())").Line("    }");
        }

        if (contract.IsAsyncDisposable)
        {
            code.Line().Line("    /// Ends the object's work before its release, where that may take long.");
            code.Line($"    fn {Hook("finish")}(&self, completion: np::Completion<()>) {{").Line("        completion.complete(());").Line("    }");
        }

        code.Line("}").Line();
        if (contract.Callback is { Kind: not CallbackKind.Stream })
        {
            WriteClosure(code, _members[0]);
        }
    }

    // A closure is a delegate, as it is in C#.
    private void WriteClosure(CodeText code, RustMember invoke)
    {
        (string Name, string Type)[] parameters = [.. invoke.All];
        code.Line($"impl<F: Fn({string.Join(", ", parameters.Select(p => p.Type))}){invoke.Arrow} + Send + Sync + 'static> {_trait} for F {{");
        code.Line($"{invoke.Signature} {{").Line($"        self({string.Join(", ", parameters.Select(p => p.Name))})").Line("    }").Line("}").Line();
    }

    private string Event(RustMember member) => RustNames.Ident(EventNames.Of(contract, member.Model));

    private void WriteTable(CodeText code)
    {
        code.Line($"/// The table of {contract.ServiceId}.").Line("#[repr(C)]").Line("#[derive(Clone, Copy)]").Line($"pub struct {Table} {{").Line("    pub prefix: np::Prefix,");
        foreach (RustMember member in _members)
        {
            code.Line($"    pub {member.Name}: {member.Pointer},");
        }

        code.Line("}").Line();
        code.Line($"unsafe impl np::Table for {Table} {{");
        code.Line($"    const ID: &'static str = \"{contract.ServiceId}\";");
        code.Line($"    const FINGERPRINTS: &'static [u64] = &[{string.Join(", ", SignatureText.Fingerprints(contract).Select(f => $"0x{f:X16}"))}];");
        code.Line("    const SIGNATURE: &'static str = \"\\");
        foreach (string line in SignatureText.Of(contract).Split('\n').Where(line => line.Length > 0))
        {
            code.Line($"        {line.Replace("\\", "\\\\").Replace("\"", "\\\"")}\\n\\");
        }

        code.Line("        \";").Line("}").Line();
        code.Line($"const _: () = assert!(size_of::<{Table}>() == if size_of::<usize>() == 8 {{ {40 + (8 * _members.Length)} }} else {{ {24 + (4 * _members.Length)} }});").Line();
    }

    private void WriteExports(CodeText code)
    {
        code.Line($"impl<P: {_trait}> np::Exports<P> for {Table} {{").Line($"    const TABLE: &'static Self = &{Table} {{");
        code.Line("        prefix: np::Prefix::new::<Self>(),");
        foreach (RustMember member in _members)
        {
            code.Line($"        {member.Name}: {Functions}::{member.Name}::<P>,");
        }

        code.Line("    };");
        if (contract.IsDisposable || contract.IsAsyncDisposable)
        {
            code.Line().Line("    fn end(object: P) -> Result<(), Error> {").Line($"        P::{Hook("dispose")}(object)").Line("    }");
        }

        if (contract.IsAsyncDisposable)
        {
            code.Line().Line("    const FINISHES: bool = true;").Line();
            code.Line("    fn finish(object: &P, completion: np::Completion<()>) {").Line($"        P::{Hook("finish")}(object, completion)").Line("    }");
        }

        code.Line("}").Line();
    }

    private void WriteFunctions(CodeText code)
    {
        code.Line($"mod {Functions} {{").Line("    use super::*;");
        foreach (RustMember member in _members)
        {
            code.Line();
            code.Line(HeaderComment.Wrap($"    pub extern \"C\" fn {member.Name}<P: {_trait}>(", member.Native.Select(argument => $"{argument.Name}: {argument.Type}"), ") -> i32 {"));
            code.Line("        unsafe {").Line("            np::call(context, error, |this: &P| {");
            foreach (string line in Body(member))
            {
                code.Line($"                {line}");
            }

            code.Line("            })").Line("        }").Line("    }");
        }

        code.Line("}").Line();
    }

    private IEnumerable<string> Body(RustMember member)
    {
        if (member.Handler is { IsAdded: var isAdded })
        {
            yield return $"{Base(member) ?? _trait}::{Event(member)}(this).{(isAdded ? "add" : "remove")}({member.Parameters[0].Native[0].Name})";
            yield break;
        }

        foreach (string line in member.Parameters.SelectMany(p => p.Taking))
        {
            yield return line;
        }

        string[] kept = [.. member.Parameters.Select(p => p.Offered).OfType<string>().Select(offered => $"{offered}.into_iter().for_each(np::Offered::keep);")];
        string method = $"{Base(member) ?? _trait}::{member.Name}({string.Join(", ", ["this", .. member.Parameters.SelectMany(p => p.Taken)])}";
        if (member.Result.IsAsync)
        {
            yield return "let completion = np::Completion::new(completion)?;";
            foreach (string line in member.Parameters.SelectMany(p => p.Keeping))
            {
                yield return line;
            }

            yield return $"np::accept(|| {method}, completion));";
            foreach (string line in kept)
            {
                yield return line;
            }

            yield return "Ok(())";
            yield break;
        }

        string outcome = member.Returned switch
        {
            null => $"{method}, np::Put::new(result, \"result\")?).map(drop)",
            "()" => $"{method})",
            "bool" => $"np::give(result, || {method}).map(np::Bool::from))",
            _ => $"np::give(result, || {method}))",
        };
        if (kept.Length == 0)
        {
            yield return outcome;
            yield break;
        }

        yield return $"{outcome}?;";
        foreach (string line in kept)
        {
            yield return line;
        }

        yield return "Ok(())";
    }
}
