using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The Rust file of all contracts of a project: a type that several have is one type in Rust too.</summary>
internal static class RustModule
{
    public static string FileName(string assembly) => $"{CNames.Member(assembly.Replace('.', '_').Replace('-', '_'))}.rs";

    public static string Of(IEnumerable<ContractModel> all, string assembly)
    {
        ContractModel[] contracts = [.. all.OrderBy(contract => contract.CName, System.StringComparer.Ordinal)];
        DataModel[] data = [.. Distinct(contracts.SelectMany(contract => contract.Data), model => model.C)];
        var types = new RustTypes(new RustNames(contracts), data.ToDictionary(model => model.C));
        var code = new CodeText();
        code.Line($"//! The contracts of {assembly}: {string.Join(", ", contracts.Select(contract => $"{contract.ServiceId} ({contract.Major}.{contract.Minor})"))}.").Line("//!");
        HeaderComment.WriteBody(
            code,
            "The build of that project writes this file: change its C# interfaces, not this. A plugin implements the traits, and names the tables in "
            + "`Plugin::CONTRACTS`. It is a module beside `native_plugins.rs`, which has to be `crate::native_plugins`. A result with pointers is put, "
            + "which is to hand a reference to it to the caller, who copies it.",
            "//! ");
        code.Line("#![allow(dead_code, nonstandard_style, unused_imports, unused_parens, clippy::all)]").Line();
        code.Line("use crate::native_plugins::abi::{np_cancellation, np_completion, np_error_sink, np_object, np_sink};");
        code.Line("use crate::native_plugins::{contracts as np, Error};");
        code.Line("use np::Data as _;").Line("use std::ffi::c_void;").Line("use std::mem::offset_of;").Line();
        if (contracts.Any(contract => contract.Contents.Any(content => content.Declarations.Count > 0) || contract.Data.Count > 0))
        {
            code.Line("const _: () = assert!(size_of::<usize>() == 8, \"data crosses in 64-bit processes\");").Line();
        }

        foreach (TypeModel type in Distinct(contracts.SelectMany(contract => contract.Types), type => type.C))
        {
            RustData.Write(code, type, types);
        }

        foreach (DataModel model in data)
        {
            RustData.Write(code, model, types);
        }

        foreach (ContractModel contract in types.Names.Callbacks.Concat(contracts))
        {
            new RustContract(contract, types).Write(code);
        }

        return code.ToString();
    }

    private static IEnumerable<T> Distinct<T>(IEnumerable<T> items, System.Func<T, string> key) => items.GroupBy(key).Select(group => group.First());
}
