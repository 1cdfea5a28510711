using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// A contract in words: a line for the contract and a line for each member, with types, layouts and the offset of its slot.
/// The fingerprint is a hash of it, the record of what has shipped is made of its lines, and a refusal quotes them.
/// </summary>
internal static class SignatureText
{
    // The fields before the first slot: two uint32_t, and four pointers or lengths.
    private const int Prefix64 = 40;
    private const int Prefix32 = 24;

    public static string Header(ContractModel contract) =>
        $"contract {contract.ServiceId} {(contract.IsSerialized ? "serialized" : "free")}";

    public static IEnumerable<string> Lines(ContractModel contract) =>
        contract.Members.Select((member, i) =>
            $"{member.Minor} {member.Name}({string.Join(", ", member.Parameters.Select(p => $"{p.Name}: {p.Shape.Signature}"))}) -> {Result(member.Result)} @{Prefix64 + (8 * i)}/{Prefix32 + (4 * i)}");

    /// <summary>All lines, each with its end.</summary>
    public static string Of(ContractModel contract) => string.Concat(Lines(contract).Prepend(Header(contract)).Select(line => line + "\n"));

    /// <summary>How many members there are up to each minor version.</summary>
    public static IEnumerable<int> Slots(ContractModel contract) =>
        Enumerable.Range(0, contract.Minor + 1).Select(minor => contract.Members.Count(m => m.Minor <= minor));

    /// <summary>FNV-1a, 64 bits, up to each minor version.</summary>
    public static IEnumerable<ulong> Fingerprints(ContractModel contract)
    {
        string[] lines = [.. Lines(contract).Prepend(Header(contract)).Select(line => line + "\n")];
        return Slots(contract).Select(count => Hash(string.Concat(lines.Take(count + 1))));
    }

    public static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ b) * 1099511628211);
        }

        return hash;
    }

    private static string Result(ResultModel result) => result.IsAsync ? $"task<{result.Shape.Signature}>" : result.Shape.Signature;
}
