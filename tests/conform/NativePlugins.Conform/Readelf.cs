using System.Text.RegularExpressions;

namespace NativePlugins.Conform;

/// <summary>What <c>readelf</c> of the GNU binutils says about a library.</summary>
internal sealed partial class Readelf
{
    public List<string> Needed { get; } = [];

    public string? Soname { get; private set; }

    public List<string> SearchPaths { get; } = [];

    /// <summary><c>name</c>, <c>name@VERSION</c>, or <c>name@@VERSION</c> where references without a version are bound to it.</summary>
    public List<string> Exports { get; } = [];

    /// <summary><c>name</c> or <c>name@VERSION</c>.</summary>
    public List<string> Undefined { get; } = [];

    public static Readelf Read(string path)
    {
        var result = new Readelf();
        foreach (string line in Child.Run("readelf", "-W", "-d", "--dyn-syms", path).Output.Split('\n'))
        {
            if (DynamicEntry().Match(line) is { Success: true } entry)
            {
                result.Add(entry.Groups[1].Value, entry.Groups[2].Value);
            }
            else if (SymbolLine().Match(line) is { Success: true } symbol)
            {
                result.Add(symbol);
            }
        }

        return result;
    }

    private void Add(string tag, string value)
    {
        switch (tag)
        {
            case "NEEDED":
                Needed.Add(value);
                break;
            case "SONAME":
                Soname = value;
                break;
            default:
                SearchPaths.AddRange(value.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => $"{tag} {directory}"));
                break;
        }
    }

    /// <summary>What the system's loader takes for a definition, and what it looks for: glibc, do_lookup_x.</summary>
    private void Add(Match symbol)
    {
        string section = symbol.Groups["section"].Value;
        string name = symbol.Groups["name"].Value;
        if (section == "UND")
        {
            Undefined.Add(name);
        }
        else if (symbol.Groups["visibility"].Value is "DEFAULT" or "PROTECTED"
            && (section == "ABS" || symbol.Groups["type"].Value == "TLS" || symbol.Groups["value"].Value.AsSpan().IndexOfAnyExcept('0') >= 0))
        {
            Exports.Add(name);
        }
    }

    [GeneratedRegex(@"^ 0x[0-9a-f]+ \((NEEDED|SONAME|RPATH|RUNPATH)\)\s+[^\[]*\[(.*)\]$")]
    private static partial Regex DynamicEntry();

    [GeneratedRegex(@"^\s*\d+: (?<value>[0-9a-f]+)\s+\S+\s+(?<type>\S+)\s+(?:GLOBAL|WEAK|UNIQUE|<OS specific>: 10)\s+(?<visibility>\S+)\s+(?:\[[^\]]*\]\s+)?(?<section>\S+) (?<name>\S+)(?: \(\d+\))?\s*$")]
    private static partial Regex SymbolLine();
}
