using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// The caller's half once more, for a lease: extension methods, which the compiler sees through where a member of an interface hides the
/// class behind it.
/// </summary>
internal static class LeaseSource
{
    /// <summary>The lowest version of C# that has extension properties.</summary>
    public const int LeastForProperties = 1400;

    public static void Write(CodeText code, ContractModel contract)
    {
        MemberModel[] methods = [.. contract.Members.Where(m => m.Property is null && m.Event is null)];
        MemberModel[] getters = contract.HasExtensionProperties ? [.. contract.Members.Where(m => m.Property is not null && !m.IsSetter)] : [];
        if (methods.Length + getters.Length == 0)
        {
            return;
        }

        string access = contract.IsPublic ? "public" : "internal";
        code.Line();
        code.Line($"/// <summary>The members of <see cref=\"{contract.FullName}\"/> for a lease.</summary>");
        code.Open($"{access} static class {NameOf(contract)}");
        for (int i = 0; i < methods.Length; i++)
        {
            if (i > 0)
            {
                code.Line();
            }

            WriteMethod(code, contract, methods[i]);
        }

        if (getters.Length > 0)
        {
            WriteProperties(code, contract, getters, methods.Length > 0);
        }

        code.Close();
    }

    private static string NameOf(ContractModel contract)
    {
        string name = string.Join("_", contract.Outer.Append($"{contract.Name}LeaseExtensions"));

        // A class has no member of its own name.
        while (contract.Members.Any(m => m.Name == name || m.Property == name))
        {
            name += "_";
        }

        return name;
    }

    private static void WriteMethod(CodeText code, ContractModel contract, MemberModel member)
    {
        string parameters = ProxySource.Parameters(member);
        string head = $"{NativeTypes.Declared(member.Result)} {NativeTypes.Escape(member.Name)}(this {Lease(contract)} __leased{(parameters.Length > 0 ? ", " : "")}{parameters})";
        WriteDoc(code, member);
        if (member.Result.IsAsync)
        {
            code.Line($"public static {head} => {ThroughProxy(member)};");
            return;
        }

        WriteAttributes(code, member);
        code.Open($"public static unsafe {head}");
        WriteBody(code, contract, member);
        code.Close();
    }

    // Only what is read: C# lets nobody assign to a property of a variable that is declared by using.
    private static void WriteProperties(CodeText code, ContractModel contract, MemberModel[] getters, bool hasMethods)
    {
        if (hasMethods)
        {
            code.Line();
        }

        code.Open($"extension({Lease(contract)} __leased)");
        foreach (MemberModel getter in getters)
        {
            WriteDoc(code, getter);
            code.Open($"public unsafe {NativeTypes.Property(getter)} {NativeTypes.Escape(getter.Property!)}");
            WriteAttributes(code, getter);
            code.Open("get");
            WriteBody(code, contract, getter);
            code.Close();
            code.Close();
        }

        code.Close();
    }

    private static void WriteBody(CodeText code, ContractModel contract, MemberModel member)
    {
        code.Line($"{ContractSource.Interop}.LeasedContract<{contract.FullName}> __link = __leased.Leased;");
        if (member.Minor > 0)
        {
            code.Open($"if (__link.Minor < {member.Minor})");
            code.Line($"{(member.Result.IsNone ? "" : "return ")}{ThroughProxy(member)};");
            if (member.Result.IsNone)
            {
                code.Line("return;");
            }

            code.Close();
        }

        if (contract.IsSerialized)
        {
            code.Line($"{ContractSource.Interop}.ContractTurns __turns = __link.Turns!;");
        }

        ProxySource.WriteCallOnThread(code, contract, member, $"{ContractSource.Interop}.LeasedCall", $"{contract.Name}Contract.Table");
    }

    private static void WriteDoc(CodeText code, MemberModel member) => code.Line($"/// <inheritdoc cref=\"{member.DocId}\"/>");

    private static void WriteAttributes(CodeText code, MemberModel member)
    {
        code.Line("[global::System.Runtime.CompilerServices.SkipLocalsInit]");
        if (IsShort(member))
        {
            code.Line("[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]");
        }
    }

    // Where nothing is encoded and nothing lent, the call of the function pointer is most of the method, and shall stand in the caller's loop.
    private static bool IsShort(MemberModel member) =>
        member.Result.Shape is NoResult or ValueResult
        && member.Parameters.All(p => p.Shape is ValueParameter or StructParameter or CellParameter or SpanParameter);

    private static string Lease(ContractModel contract) => $"global::NativePlugins.Contracts.PluginLease<{contract.FullName}>";

    private static string ThroughProxy(MemberModel member)
    {
        string contract = $"(({member.Owner})__leased.Contract)";
        return member.Property is { } property
            ? $"{contract}.{NativeTypes.Escape(property)}"
            : $"{contract}.{NativeTypes.Escape(member.Name)}({string.Join(", ", member.Parameters.Select(NativeTypes.Argument))})";
    }
}
