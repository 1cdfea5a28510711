using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The C++17 header of all contracts of a project, over their C headers.</summary>
internal static class CppModule
{
    public static string Of(IEnumerable<ContractModel> all, string assembly)
    {
        ContractModel[] contracts = [.. all.OrderBy(contract => contract.CName, System.StringComparer.Ordinal)];
        DataModel[] data = [.. Distinct(contracts.SelectMany(contract => contract.Data), model => model.C)];
        var types = new CppTypes(new RustNames(contracts, CppTypes.Known, CppTypes.FunctionsEnd));
        string guard = CNames.Macro(CppTypes.FileName(assembly).Replace('.', '_')), space = CppTypes.Namespace(assembly);
        var code = new CodeText();
        WriteIntroduction(code, contracts, assembly);
        code.Line($"#ifndef {guard}").Line($"#define {guard}").Line();
        code.Line("#include \"native_plugins.hpp\"").Line();
        foreach (ContractModel contract in contracts)
        {
            code.Line($"#include \"{contract.CName}.h\"");
        }

        foreach (string other in contracts.SelectMany(contract => contract.Functions).SelectMany(member => member.Contracts)
            .Where(other => types.Names.Trait(other.FullName) is null).Select(other => CppTypes.FileName(other.Assembly)).Distinct())
        {
            code.Line($"#include \"{other}\"");
        }

        code.Line().Line($"namespace {space} {{").Line();
        WriteTypes(code, contracts, data, types);
        CppContract[] classes = [.. types.Names.Callbacks.Concat(contracts).Select(contract => new CppContract(contract, types))];
        foreach (CppContract contract in classes)
        {
            contract.WriteForward(code);
        }

        code.Line();
        foreach (CppContract contract in classes)
        {
            contract.WriteClass(code);
        }

        foreach (CppContract contract in classes)
        {
            contract.WriteDefinitions(code);
        }

        code.Line($"}} // namespace {space}").Line();
        return code.Line($"#endif /* {guard} */").ToString();
    }

    private static void WriteIntroduction(CodeText code, ContractModel[] contracts, string assembly)
    {
        code.Line("/*").Line($" * {CppTypes.FileName(assembly)} - the contracts of {assembly} in C++17").Line(" *");
        HeaderComment.WriteBody(code, string.Join(", ", contracts.Select(contract => $"{contract.ServiceId} ({contract.Major}.{contract.Minor})")) + ".", " * ");
        code.Line(" *");
        HeaderComment.WriteBody(
            code,
            "The build of that project writes this file: change its C# interfaces, not this. A class implements a contract by having the members that "
            + "the comment of the contract's class lists, and its table is np::table<contract, class>. The contract's class itself is what calls one of the "
            + "other side's. native_plugins.hpp and docs/contracts-cpp.md say more.",
            " * ");
        code.Line(" */");
    }

    private static void WriteTypes(CodeText code, ContractModel[] contracts, DataModel[] data, CppTypes types)
    {
        foreach (TypeModel type in Distinct(contracts.SelectMany(contract => contract.Types), type => type.C))
        {
            CppData.Write(code, type, types);
        }

        foreach (DataModel model in data)
        {
            code.Line($"struct {types.Record(model.C)};");
        }

        code.Line();
        Dictionary<string, string> bases = data.ToDictionary(model => model.CSharp, model => model.C);
        foreach (DataModel model in data)
        {
            CppData.Write(code, model, types, bases);
        }

        foreach (DataModel model in data)
        {
            CppData.WriteCheck(code, model, types);
        }
    }

    private static IEnumerable<T> Distinct<T>(IEnumerable<T> items, System.Func<T, string> key) => items.GroupBy(key).Select(group => group.First());
}
