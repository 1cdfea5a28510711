using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>The structs and enums of a Rust file.</summary>
internal static class RustData
{
    public static void Write(CodeText code, TypeModel type, RustTypes types)
    {
        string name = types.Names.Type(type.C);
        RustDoc.Write(code, type.Doc);
        if (type.IsEnum)
        {
            WriteEnum(code, type, name, types);
            return;
        }

        code.Line("#[repr(C)]").Line("#[derive(Clone, Copy, Default, PartialEq, Debug)]");
        code.Line($"pub struct {name} {{");
        foreach (FieldModel field in type.Fields)
        {
            RustDoc.Write(code, field.Doc, "    ");
            code.Line($"    pub {RustNames.Ident(field.CName)}: {types.OfC(field.C)},");
        }

        code.Line("}").Line($"np::plain!({name});");
        code.Line($"const _: () = assert!(size_of::<{name}>() == {type.Size});");
        foreach (FieldModel field in type.Fields)
        {
            code.Line($"const _: () = assert!(offset_of!({name}, {RustNames.Ident(field.CName)}) == {field.Offset});");
        }

        code.Line();
    }

    public static void Write(CodeText code, DataModel data, RustTypes types)
    {
        string name = types.Names.Type(data.C), generic = RustTypes.HasLifetime(data) ? "<'a>" : "", any = generic.Length > 0 ? "<'_>" : "", kept = types.Record(data.C, "'static");
        RustDoc.Write(code, data.Doc);
        code.Line("#[repr(C)]").Line("#[derive(Clone, Copy)]").Line($"pub struct {name}{generic} {{");
        code.Line($"    pub struct_size: np::StructSize<{kept}>,");
        if (data.Cases.Count > 0)
        {
            code.Line("    tag: u32,").Line("    value: *const c_void,");

            // The lifetime of what value leads to, where no other member has it.
            code.Line("    __borrowed: std::marker::PhantomData<&'a ()>,");
        }

        foreach ((string field, string type, string doc) in Fields(data, types))
        {
            RustDoc.Write(code, doc, "    ");
            code.Line($"    pub {field}: {type},");
        }

        code.Line("}").Line();
        if (data.Cases.Count > 0)
        {
            code.Line($"unsafe impl Send for {name}<'_> {{}}").Line($"unsafe impl Sync for {name}<'_> {{}}").Line();
        }

        code.Line($"impl{generic} {name}{generic} {{");
        code.Line("    /// With struct_size; all else is 0, null or empty.");
        code.Line("    pub fn new() -> Self {").Line("        Self { struct_size: np::StructSize::of::<Self>(), ..np::zero() }").Line("    }");
        RustCases.WriteMembers(code, data, types);
        foreach (DataMemberModel member in data.Members.Where(m => m.Minor > data.Least))
        {
            code.Line().Line("    /// Whether the side that made it knows the member.");
            code.Line($"    pub fn has_{member.CName}(&self) -> bool {{").Line($"        self.struct_size.get() >= {member.End}").Line("    }");
        }

        code.Line("}").Line();
        code.Line($"impl Default for {name}{any} {{").Line("    fn default() -> Self {").Line("        Self::new()").Line("    }").Line("}").Line();
        WriteImpl(code, data, types, $"{name}{generic}", generic, kept);
        RustCases.WriteEnum(code, data, types);
        code.Line($"const _: () = assert!(size_of::<{name}>() == {data.Size});");
        foreach (DataMemberModel member in data.Members)
        {
            code.Line($"const _: () = assert!(offset_of!({name}, {RustNames.Ident(member.CName)}) == {member.Offset});");
        }

        code.Line();
    }

    private static IEnumerable<(string Name, string Type, string Doc)> Fields(DataModel data, RustTypes types)
    {
        int offset = data.Prefix;
        foreach (DataMemberModel member in data.Members)
        {
            if (member.Offset > offset)
            {
                yield return ($"reserved_{offset}", $"[u8; {member.Offset - offset}]", "0");
            }

            string since = member.Minor > 0 ? $"Since minor version {member.Minor}: 0, null or empty where the other side does not know it." : "";
            yield return (RustNames.Ident(member.CName), types.Of(member.Shape, "'a"), string.Join(" ", new[] { member.Doc, member.Shape.Meaning, since }.Where(part => part.Length > 0)));
            offset = member.End - member.Padding;
            if (member.Padding > 0)
            {
                yield return ($"reserved_{offset}", $"[u8; {member.Padding}]", "0");
                offset = member.End;
            }
        }

        if (data.Members.Count == 0 && data.Size > offset)
        {
            yield return ($"reserved_{offset}", $"[u8; {data.Size - offset}]", "0");
        }
    }

    private static void WriteImpl(CodeText code, DataModel data, RustTypes types, string self, string generic, string kept)
    {
        IEnumerable<int> ends = data.Members.Where(m => m.Minor > data.Least).Select(m => m.End).Prepend(data.Minimum).Distinct();
        DataMemberModel[] checkedMembers = [.. data.Members.Where(member => member.Shape.HasPointers)];
        code.Line($"unsafe impl{generic} np::Data for {self} {{");
        code.Line($"    type Kind = {kept};").Line("    const HAS_POINTERS: bool = true;").Line("    const GROWS: bool = true;").Line();
        code.Line("    unsafe fn load(from: *const Self) -> Result<Self, np::Fault> {");
        code.Line($"        unsafe {{ np::load_record(from, &[{string.Join(", ", ends)}]) }}").Line("    }").Line();
        code.Line($"    fn check(&self, {(checkedMembers.Length + data.Cases.Count > 0 ? "limits" : "_")}: &mut np::Limits) -> Result<(), np::Fault> {{");
        RustCases.WriteCheck(code, data, types);
        foreach (DataMemberModel member in checkedMembers)
        {
            code.Line($"        self.{RustNames.Ident(member.CName)}.check(limits).map_err(|fault| fault.of(\"{member.CName}\"))?;");
        }

        code.Line("        Ok(())").Line("    }").Line("}").Line();
    }

    private static void WriteEnum(CodeText code, TypeModel type, string name, RustTypes types)
    {
        code.Line("#[repr(transparent)]").Line("#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug)]");
        code.Line($"pub struct {name}(pub {types.OfC(type.UnderlyingC)});").Line();
        code.Line($"impl {name} {{");
        foreach (FieldModel value in type.Fields)
        {
            RustDoc.Write(code, value.Doc, "    ");
            code.Line($"    pub const {CNames.Macro(value.CName)}: Self = {name}({value.Value});");
        }

        code.Line("}").Line($"np::plain!({name});").Line();
    }
}
