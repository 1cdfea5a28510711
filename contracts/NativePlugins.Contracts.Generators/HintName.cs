using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// The name under which the compiler takes the code of a contract, such as Imaging.IFilter.g.cs. The compiler throws when it cannot
/// be a file's name, or differs from another one only in the case of letters; such a name gets the hash of the full one at its end.
/// </summary>
internal static class HintName
{
    private const int MaxLength = 150;

    /// <summary>The names that differ from another one only by the case of their letters, each once, a line each, in lower case.</summary>
    public static string Ambiguous(ImmutableArray<ContractModel?> contracts) => string.Concat(contracts
        .Where(model => model is not null).Select(model => Plain(model!).ToLowerInvariant())
        .GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key + "\n").OrderBy(name => name, StringComparer.Ordinal));

    public static string Of(ContractModel contract, string ambiguous)
    {
        string name = Plain(contract);
        string lower = name.ToLowerInvariant();
        return name == Full(contract) && !ambiguous.Split('\n').Contains(lower)
            ? $"{name}.g.cs"
            : $"{name}.{SignatureText.Hash(Full(contract)).ToString("x16", CultureInfo.InvariantCulture)}.g.cs";
    }

    /// <summary>Data may have the name of a contract, and differ from other data by the case of letters.</summary>
    public static string Of(DataModel data) =>
        $"{Plain(data.FullName)}.PluginData.{SignatureText.Hash(data.FullName).ToString("x16", CultureInfo.InvariantCulture)}.g.cs";

    private static string Full(ContractModel contract) => contract.FullName.Replace("global::", "");

    private static string Plain(ContractModel contract) => Plain(Full(contract));

    private static string Plain(string full)
    {
        var name = new StringBuilder();
        foreach (char c in full.Length > MaxLength ? full.Substring(0, MaxLength) : full)
        {
            name.Append(c is '.' or '_' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') ? c : '_');
        }

        return name.ToString();
    }
}
