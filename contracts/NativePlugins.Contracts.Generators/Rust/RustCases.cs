using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>Data that is one of several types, in Rust: an enum to read it, and a function for each case to make it.</summary>
internal static class RustCases
{
    public static void WriteMembers(CodeText code, DataModel data, RustTypes types)
    {
        if (data.Cases.Count == 0)
        {
            return;
        }

        string name = types.Names.Cases(data);
        foreach (CaseModel item in Others(data))
        {
            code.Line().Line($"    /// The tag of what `of_{item.CName}` makes.{(item.Minor > 0 ? $" Since minor version {item.Minor}." : "")}");
            code.Line($"    pub const {CNames.Macro(CNames.Value(item.Name))}: u32 = {item.Tag};");
            code.Line().Line($"    pub fn of_{item.CName}(value: &'a {types.Record(item.C, "'a")}) -> Self {{");
            code.Line($"        Self {{ tag: {item.Tag}, value: (&raw const *value).cast(), ..Self::new() }}").Line("    }");
        }

        code.Line().Line("    pub fn tag(&self) -> u32 {").Line("        self.tag").Line("    }");
        code.Line().Line("    /// Which of its types it is.");
        code.Line($"    pub fn case(&self) -> {name}<'a> {{").Line("        match self.tag {");
        foreach (CaseModel item in Others(data))
        {
            code.Line($"            {item.Tag} => {name}::{Variant(item)}(unsafe {{ np::follow(self.value.cast()) }}),");
        }

        code.Line($"            _ => {name}::Itself(std::marker::PhantomData),").Line("        }").Line("    }");
    }

    public static void WriteCheck(CodeText code, DataModel data, RustTypes types)
    {
        if (data.Cases.Count == 0)
        {
            return;
        }

        code.Line("        match self.tag {");
        foreach (CaseModel item in Others(data))
        {
            code.Line($"            {item.Tag} => np::check_pointer(self.value.cast::<{types.Record(item.C, "'a")}>(), limits).map_err(|fault| fault.of(\"{item.CName}\"))?,");
        }

        if (!data.IsAbstract)
        {
            code.Line("            0 => {}");
        }

        string known = string.Join(", ", data.Cases.Select(item => item.Tag));
        code.Line($"            tag => return Err(np::Fault(format!(\"tag is {{tag}}, and known are {known}\"))),").Line("        }");
    }

    public static void WriteEnum(CodeText code, DataModel data, RustTypes types)
    {
        if (data.Cases.Count == 0)
        {
            return;
        }

        code.Line($"/// What a {types.Names.Type(data.C)} is.").Line("#[derive(Clone, Copy)]").Line("#[non_exhaustive]");
        code.Line($"pub enum {types.Names.Cases(data)}<'a> {{");
        code.Line($"    /// None of the others{(data.IsAbstract ? ", which does not come from outside" : "")}.").Line("    Itself(std::marker::PhantomData<&'a ()>),");
        foreach (CaseModel item in Others(data))
        {
            RustDoc.Write(code, item.Doc, "    ");
            code.Line($"    {Variant(item)}({types.Record(item.C, "'a")}),");
        }

        code.Line("}").Line();
    }

    private static IEnumerable<CaseModel> Others(DataModel data) => data.Cases.Where(item => item.Tag != 0);

    private static string Variant(CaseModel item)
    {
        string name = RustNames.Pascal(CNames.Value(item.Name));
        return name is "Self" or "Itself" ? name + "_" : name;
    }
}
