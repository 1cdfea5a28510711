using System.Globalization;
using System.Text.RegularExpressions;

namespace NativePlugins.Conform;

/// <summary>What <c>llvm-objdump -p</c>, <c>llvm-readobj</c> and, as far as it knows the machine, GNU's <c>objdump -p</c> say about a PE file.</summary>
internal sealed partial class LlvmPe
{
    private uint _ordinalBase;

    public string? Identity { get; private set; }

    public List<string> Needed { get; } = [];

    public List<string> Delayed { get; } = [];

    /// <summary><c>library!name</c>, or <c>library!#12</c>.</summary>
    public List<string> Imports { get; } = [];

    /// <summary>The number, the name if there is one, and what it is forwarded to if it is. Of several names, llvm-objdump shows one.</summary>
    public List<(int Ordinal, string Name, string? Forwarder)> Exports { get; } = [];

    /// <summary>All names with their numbers; null where objdump does not know the machine.</summary>
    public List<(int Ordinal, string Name)>? Names { get; private set; }

    public string MinimumSystem { get; private set; } = "";

    public bool IsNxCompatible { get; private set; }

    public static LlvmPe Read(string path)
    {
        var result = new LlvmPe();
        bool hasDelayed = result.ReadTables(Child.Run(Toolbox.Require("llvm-objdump"), "-p", path).Output);
        if (hasDelayed)
        {
            result.ReadDelayed(Child.Run(Toolbox.Require("llvm-readobj"), "--coff-imports", path).Output);
        }

        if (result.Exports.Count > 0)
        {
            result.ReadNames(Child.Run("objdump", "-p", path));
        }

        return result;
    }

    private bool ReadTables(string output)
    {
        bool inExports = false;
        bool hasDelayed = false;
        string major = "";
        foreach (string line in output.Split('\n'))
        {
            if (line.StartsWith("MajorSubsystemVersion", StringComparison.Ordinal))
            {
                major = line["MajorSubsystemVersion".Length..].Trim();
            }
            else if (line.StartsWith("MinorSubsystemVersion", StringComparison.Ordinal))
            {
                MinimumSystem = $"{major}.{line["MinorSubsystemVersion".Length..].Trim()}";
            }
            else if (line.Trim() == "NX_COMPAT")
            {
                IsNxCompatible = true;
            }
            else if (line.StartsWith("Entry d ", StringComparison.Ordinal))
            {
                hasDelayed = !line.StartsWith("Entry d 0000000000000000", StringComparison.Ordinal);
            }
            else if (line.StartsWith("    DLL Name: ", StringComparison.Ordinal))
            {
                Needed.Add(line["    DLL Name: ".Length..]);
            }
            else if (line.StartsWith(" DLL name: ", StringComparison.Ordinal))
            {
                Identity = line[" DLL name: ".Length..];
                inExports = true;
            }
            else if (line.StartsWith(" Ordinal base: ", StringComparison.Ordinal))
            {
                _ordinalBase = uint.Parse(line.AsSpan(" Ordinal base: ".Length), CultureInfo.InvariantCulture);
            }
            else if (inExports && NamelessExports().Match(line) is { Success: true } nameless)
            {
                // Where no function has a name, llvm-objdump writes them all into one line.
                Exports.AddRange(nameless.Groups[1].Captures.Select(ordinal => (Number(ordinal.Value), "", (string?)null)));
            }
            else if (inExports && ExportLine().Match(line) is { Success: true } export)
            {
                AddExport(export);
            }
            else if (!inExports && Needed.Count > 0 && ImportLine().Match(line) is { Success: true } import)
            {
                string name = import.Groups[2].Value;
                Imports.Add($"{Needed[^1]}!{(name.Length == 0 ? "#" + import.Groups[1].Value : name)}");
            }
        }

        return hasDelayed;
    }

    private void AddExport(Match export)
    {
        bool isForwarded = export.Groups["forwarder"].Success;
        if (isForwarded || export.Groups["address"].Value is not ("" or "0"))
        {
            Exports.Add((Number(export.Groups["ordinal"].Value), export.Groups["name"].Value, isForwarded ? export.Groups["forwarder"].Value : null));
        }
    }

    private void ReadDelayed(string output)
    {
        bool inDelayed = false;
        foreach (string line in output.Split('\n'))
        {
            inDelayed = line.StartsWith("DelayImport {", StringComparison.Ordinal) || (inDelayed && !line.StartsWith("Import {", StringComparison.Ordinal));
            if (inDelayed && line.StartsWith("  Name: ", StringComparison.Ordinal))
            {
                Delayed.Add(line["  Name: ".Length..]);
            }
            else if (inDelayed && SymbolLine().Match(line) is { Success: true } symbol)
            {
                string name = symbol.Groups[1].Value;
                Imports.Add($"{Delayed[^1]}!{(name.Length == 0 ? "#" + symbol.Groups[2].Value : name)}");
            }
        }
    }

    private void ReadNames((int Status, string Output) objdump)
    {
        int start = objdump.Output.IndexOf("[Ordinal/Name Pointer] Table", StringComparison.Ordinal);
        if (objdump.Status != 0 || start < 0)
        {
            return;
        }

        Names = [];
        foreach (string line in objdump.Output[start..].Split('\n').Skip(1).TakeWhile(line => line.StartsWith('\t')))
        {
            if (NameLine().Match(line) is { Success: true } name)
            {
                Names.Add((Number(name.Groups[1].Value) + (int)_ordinalBase, name.Groups[2].Value));
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^ {1,12}(\d+)(?:  (\S.*))?$")]
    private static partial Regex ImportLine();

    [GeneratedRegex(@"^ {1,8}(?<ordinal>\d+) +(?<address>0x[0-9a-f]+|0)?(?: +(?<name>[^ (]\S*))?(?: +\(forwarded to (?<forwarder>.*)\))?$")]
    private static partial Regex ExportLine();

    [GeneratedRegex(@"^(?: {1,8}(\d+) +0x[0-9a-f]+){2,}$")]
    private static partial Regex NamelessExports();

    [GeneratedRegex(@"^    Symbol: (\S*) \((\d+)\)$")]
    private static partial Regex SymbolLine();

    [GeneratedRegex(@"^\t\[\s*(\d+)\](?: \+base\[\s*\d+\]\s+[0-9a-f]+)? (.+)$")]
    private static partial Regex NameLine();
}
