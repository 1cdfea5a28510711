using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// The record of what a contract has shipped: the file imaging.filter.1.contract.txt beside the project, with the lines of
/// <see cref="SignatureText"/>. What it holds must not change; what is appended needs a later minor version.
/// </summary>
internal static class ContractRecord
{
    private static readonly Regex s_device = new(@"^(con|prn|aux|nul|com[0-9]|lpt[0-9])\z", RegexOptions.CultureInvariant);

    /// <summary>On Windows con, aux, com1 and some more are devices, whatever follows a dot: such an id gets a '-' there.</summary>
    public static string FileName(ContractModel contract)
    {
        string first = contract.Id.Split('.')[0];
        string rest = contract.Id.Substring(first.Length);
        return $"{first}{(s_device.IsMatch(first) ? "-" : "")}{rest}.{contract.Major}.contract.txt";
    }

    public static IEnumerable<Problem> Compare(
        ContractModel contract, INamedTypeSymbol type, ImmutableArray<AdditionalText> files, CancellationToken cancellationToken)
    {
        string name = FileName(contract);
        string? text = files.FirstOrDefault(f => Path.GetFileName(f.Path) is { } file && (file == name || file == $"{contract.Id}.{contract.Major}.contract.txt"))
            ?.GetText(cancellationToken)?.ToString();
        if (text is null)
        {
            yield break;
        }

        string[] shipped = [.. text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && line[0] != '#')];
        SignatureLine[] lines = [.. SignatureText.Lines(contract)];
        string[] now = [.. lines.Select(line => line.Text).Prepend(SignatureText.Header(contract))];
        for (int i = 0; i < shipped.Length; i++)
        {
            if (i >= now.Length || shipped[i] != now[i])
            {
                string found = i >= now.Length ? "Now there is no such member" : $"Now it would be \"{now[i]}\"";
                yield return new Problem(
                    ContractRules.Shipped, PlaceOf(lines, type, i), $"The contract {contract.ServiceId} has shipped \"{shipped[i]}\" ({name}, line {LineOf(text, shipped[i])}). {found}; put it back as it was, and append what is new with [ContractMinor]");
                yield break;
            }
        }

        int last = shipped.Length < 2 ? -1 : MinorOf(shipped[shipped.Length - 1]);
        if (now.Length > shipped.Length && MinorOf(now[shipped.Length]) <= last)
        {
            yield return new Problem(
                ContractRules.Shipped, PlaceOf(lines, type, shipped.Length), $"The contract {contract.ServiceId} has shipped minor version {last} without '{lines[shipped.Length - 1].Name}'; mark it with [ContractMinor({last + 1})]");
        }
    }

    private static Location PlaceOf(SignatureLine[] lines, INamedTypeSymbol type, int line) =>
        line > 0 && line <= lines.Length && lines[line - 1].Member is { } function && type.GetMembers(function.Name).FirstOrDefault() is { } member
            ? Places.Of(member)
            : Places.Of(type);

    private static int MinorOf(string line) => int.TryParse(line.Split(' ')[0], out int minor) ? minor : 0;

    private static int LineOf(string text, string line) => Array.FindIndex(text.Split('\n'), l => l.TrimEnd('\r') == line) + 1;
}
