using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NativePlugins.Contracts.Generators;

/// <summary>The C header of a contract: C99 and C++17, documented, with its fingerprints and a skeleton to begin with.</summary>
internal static class HeaderText
{
    public static string Of(ContractModel contract)
    {
        string name = contract.CName, macro = CNames.Macro(name);
        var code = new CodeText();
        WriteIntroduction(code, contract, macro);
        code.Line($"#ifndef {macro}_H").Line($"#define {macro}_H").Line();
        code.Line("#include \"native_plugins.h\"");
        WriteIncludes(code, contract, isMutual: false);
        code.Line().Line("#ifdef __cplusplus").Line("extern \"C\" {").Line("#endif").Line();
        HeaderTypes.Write(code, contract);
        HeaderTypes.WriteData(code, contract);
        foreach (ContractModel callback in contract.Callbacks)
        {
            WriteConstants(code, callback, callback.CName, CNames.Macro(callback.CName));
            WriteTable(code, callback, callback.CName);
            WriteAssertions(code, callback, callback.CName);
        }

        WriteConstants(code, contract, name, macro);
        WriteTable(code, contract, name);
        HeaderObjects.Write(code, contract);
        HeaderEvents.Write(code, contract);
        WriteAssertions(code, contract, name);
        WriteSkeleton(code, contract, name, macro);
        code.Line("#ifdef __cplusplus").Line("}").Line("#endif").Line();
        if (Others(contract, isMutual: true).Any())
        {
            WriteIncludes(code, contract, isMutual: true);
            code.Line();
        }

        return code.Line($"#endif /* {macro}_H */").ToString();
    }

    /// <summary>The parameters of a function, with context, result and error.</summary>
    public static IEnumerable<string> Parameters(MemberModel member)
    {
        yield return "void *context";
        foreach (string parameter in member.Parameters.SelectMany(p => p.Shape.C(p.CName)))
        {
            yield return parameter;
        }

        if (member.Result.IsAsync)
        {
            yield return "const np_completion *completion";
        }
        else if (member.Result.Shape.C is { } result)
        {
            yield return result;
        }

        yield return "const np_error_sink *error";
    }

    // A contract that takes itself needs no include.
    private static IEnumerable<string> Others(ContractModel contract, bool isMutual) =>
        contract.Members.SelectMany(m => m.Contracts).Where(other => other.IsMutual == isMutual).Select(other => other.CName)
            .Where(other => other != contract.CName).Distinct().OrderBy(other => other, System.StringComparer.Ordinal);

    private static void WriteIncludes(CodeText code, ContractModel contract, bool isMutual)
    {
        foreach (string other in Others(contract, isMutual))
        {
            code.Line($"#include \"{other}.h\"");
        }
    }

    private static void WriteIntroduction(CodeText code, ContractModel contract, string macro)
    {
        code.Line("/*").Line($" * {contract.CName}.h - the contract {contract.ServiceId}, version {contract.Major}.{contract.Minor}").Line(" *");
        HeaderComment.WriteBody(code, contract.Doc, " * ");
        if (contract.Doc.Length > 0)
        {
            code.Line(" *");
        }

        HeaderComment.WriteBody(
            code,
            $"The build of the C# interface {contract.FullName.Replace("global::", "")} writes this file: change that, not this. "
            + "Text, ownership, errors and tags are as native_plugins.h says. bool is one byte, 0 or 1. A span and its length "
            + "in elements are borrowed for the call; NULL is valid when the length is 0. "
            + (contract.IsSerialized ? "Serialized: the caller makes one call at a time. " : "Any thread may call, several at once. ")
            + $"Define {macro}_SKELETON before including it for an implementation that answers NP_E_UNSUPPORTED: copy it, and fill it in.",
            " * ");
        code.Line(" */");
    }

    private static void WriteConstants(CodeText code, ContractModel contract, string name, string macro)
    {
        if (contract.Callback is null)
        {
            code.Line($"#define {macro}_ID \"{contract.ServiceId}\"");
        }

        code.Line($"#define {macro}_MINOR {contract.Minor}u").Line();
        code.Line("/* FNV-1a (64 bits) of the signature up to each minor version. */");
        code.Line($"static const uint64_t {name}_fingerprints[] = {{{string.Join(", ", SignatureText.Fingerprints(contract).Select(f => $"0x{f:X16}ULL"))}}};").Line();
        code.Line("/* What both sides compare: names, order, types, sizes, offsets (64-bit/32-bit). */");
        HeaderComment.WriteString(code, $"static const char {name}_signature[] =", SignatureText.Of(contract));
        code.Line();
    }

    private static void WriteTable(CodeText code, ContractModel contract, string name)
    {
        // A typedef may not be repeated in C99, and the declaration of a struct may.
        if (Others(contract, isMutual: true).Any())
        {
            code.Line("/* These take this contract too: their headers are included below. */");
            foreach (string other in Others(contract, isMutual: true))
            {
                code.Line($"struct {other};");
            }

            code.Line();
        }

        if (contract.Callback is not null)
        {
            HeaderComment.Write(code, contract.Doc, "");
        }

        code.Line($"typedef struct {name} {{");
        code.Line("    uint32_t struct_size;");
        code.Line("    uint32_t minor; /* The minor version that the table implements. */");
        code.Line("    void *context;  /* The first argument of every function of this table. */");
        code.Line("    const uint64_t *fingerprints; /* minor + 1 of them. */");
        code.Line("    const char *signature;");
        code.Line("    size_t signature_length;");
        foreach (MemberModel member in contract.Members)
        {
            code.Line();
            HeaderComment.WriteMember(code, contract, member);
            code.Line(HeaderComment.Wrap($"    int32_t(NP_CALL *{member.CName})(", Parameters(member), ");"));
        }

        code.Line($"}} {name};").Line();
        string macro = CNames.Macro(name);
        code.Line("/* The fields of a table before its functions, for an initialiser. */");
        code.Line($"#define {macro}_PREFIX(context) \\");
        code.Line($"    (uint32_t)sizeof({name}), {macro}_MINOR, (context), {name}_fingerprints, {name}_signature, \\");
        code.Line($"        sizeof({name}_signature) - 1").Line();
    }

    private static void WriteAssertions(CodeText code, ContractModel contract, string name)
    {
        int count = contract.Members.Count;
        code.Line($"NP_ASSERT_SIZE({name}, {40 + (8 * count)}, {24 + (4 * count)});");
        for (int i = 0; i < count; i++)
        {
            // The assertion about the offset of a member "size" would have the name of the one about the size of the table, which C99 refuses.
            string member = contract.Members[i].CName;
            code.Line(member == "size"
                ? $"NP_STATIC_ASSERT({name}_{member}_offset, offsetof({name}, {member}) == (sizeof(void *) == 8 ? {40 + (8 * i)} : {24 + (4 * i)}));"
                : $"NP_ASSERT_OFFSET({name}, {member}, {40 + (8 * i)}, {24 + (4 * i)});");
        }

        code.Line();
    }

    private static void WriteSkeleton(CodeText code, ContractModel contract, string name, string macro)
    {
        code.Line($"#ifdef {macro}_SKELETON").Line();
        foreach (MemberModel member in contract.Members)
        {
            code.Line(HeaderComment.Wrap($"static int32_t NP_CALL {name}_{member.CName}(", Parameters(member), ") {"));
            foreach (string parameter in Parameters(member).Where(p => p != "const np_error_sink *error"))
            {
                code.Line($"    (void){parameter.Substring(parameter.LastIndexOfAny([' ', '*']) + 1)};");
            }

            code.Line($"    return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT(\"{member.CName} is not written yet\"));").Line("}").Line();
        }

        code.Line($"/* Hand out its address for {macro}_ID in np_plugin.get_service. */");
        string table = "table";
        while (contract.Members.Any(m => m.CName == table))
        {
            table += "_";
        }

        code.Line($"static const {name} {name}_{table} = {{");
        code.Line($"    {macro}_PREFIX(NULL),");
        foreach (MemberModel member in contract.Members)
        {
            code.Line($"    {name}_{member.CName},");
        }

        code.Line("};").Line().Line($"#endif /* {macro}_SKELETON */").Line();
    }
}
