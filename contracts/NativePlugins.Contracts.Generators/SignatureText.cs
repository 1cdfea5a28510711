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

    public static string Header(ContractModel contract) => contract.Callback is not null
        ? $"{(contract.Callback.Kind == CallbackKind.Stream ? "stream" : "callback")} free"
        : $"contract {contract.ServiceId} {(contract.IsSerialized ? "serialized" : "free")}";

    /// <summary>A callback by what it takes and returns: no name of it is anything to the other side.</summary>
    /// <param name="callback">The callback.</param>
    /// <param name="kind">The word before its parentheses.</param>
    public static string OfCallback(ContractModel callback, string kind) => $"{kind}({Types(callback.Members[0])}) -> {Result(callback.Members[0].Result)}";

    /// <summary>A line for each case and each member of data, and for each function: the data of a minor version first.</summary>
    public static IEnumerable<SignatureLine> Lines(ContractModel contract)
    {
        for (int minor = 0; minor <= contract.Minor; minor++)
        {
            foreach (DataModel data in contract.Data)
            {
                foreach (CaseModel item in data.Cases.Where(item => data.MinorOf(item) == minor))
                {
                    yield return new SignatureLine(minor, $"{minor} {data.FullName} case {item.Tag}: {item.CSharp.Replace("global::", "")}", item.Name, null);
                }

                foreach (DataMemberModel member in data.Members.Where(m => data.MinorOf(m) == minor))
                {
                    yield return new SignatureLine(minor, $"{minor} {data.FullName}.{member.Name}: {member.Shape.Signature} @{member.Offset}", $"{data.FullName.Split('.').Last()}.{member.Name}", null);
                }
            }

            for (int i = 0; i < contract.Members.Count; i++)
            {
                if (contract.Members[i] is { } member && member.Minor == minor)
                {
                    yield return new SignatureLine(
                        minor,
                        $"{minor} {member.Name}({(contract.Callback is null ? Named(member) : Types(member))}) -> {Result(member.Result)} @{Prefix64 + (8 * i)}/{Prefix32 + (4 * i)}",
                        member.Name, member);
                }
            }
        }
    }

    /// <summary>All lines, each with its end.</summary>
    public static string Of(ContractModel contract) => string.Concat(Lines(contract).Select(line => line.Text).Prepend(Header(contract)).Select(line => line + "\n"));

    /// <summary>How many functions there are up to each minor version.</summary>
    public static IEnumerable<int> Slots(ContractModel contract) =>
        Enumerable.Range(0, contract.Minor + 1).Select(minor => contract.Members.Count(m => m.Minor <= minor));

    /// <summary>FNV-1a, 64 bits, up to each minor version.</summary>
    public static IEnumerable<ulong> Fingerprints(ContractModel contract)
    {
        SignatureLine[] lines = [.. Lines(contract)];
        return Enumerable.Range(0, contract.Minor + 1).Select(minor =>
            Hash(string.Concat(lines.Where(line => line.Minor <= minor).Select(line => line.Text).Prepend(Header(contract)).Select(line => line + "\n"))));
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

    private static string Named(MemberModel member) => string.Join(", ", member.Parameters.Select(p => $"{p.Name}: {p.Shape.Signature}"));

    private static string Types(MemberModel member) => string.Join(", ", member.Parameters.Select(p => p.Shape.Signature));

    private static string Result(ResultModel result) => result.IsAsync ? $"task<{result.Shape.Signature}>" : result.Shape.Signature;
}

/// <summary>A line of a signature.</summary>
/// <param name="Minor">The minor version that brought it.</param>
/// <param name="Text">The line.</param>
/// <param name="Name">The member.</param>
/// <param name="Member">The function; null for a member of data.</param>
internal sealed record SignatureLine(int Minor, string Text, string Name, MemberModel? Member);
