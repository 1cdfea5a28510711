using System.Globalization;
using System.Text.RegularExpressions;

namespace NativePlugins.Conform;

/// <summary>What <c>llvm-objdump</c> and <c>llvm-nm</c> say about one architecture of a Mach-O file.</summary>
internal sealed partial class LlvmMachO
{
    public string? Identity { get; private set; }

    public List<string> Needed { get; } = [];

    public List<string> Weak { get; } = [];

    public List<string> SearchPaths { get; } = [];

    /// <summary>Each without the underscore that C names begin with.</summary>
    public List<string> Exports { get; } = [];

    /// <summary>The name, and its library in short if it is told.</summary>
    public List<(string Name, string? Library)> Undefined { get; } = [];

    /// <summary>The undefined names that may stay open.</summary>
    public List<string> WeakReferences { get; } = [];

    /// <summary>The name, the permissions and the size in memory.</summary>
    public List<string> Segments { get; } = [];

    public string? MinimumSystem { get; private set; }

    public string? Uuid { get; private set; }

    public static LlvmMachO Read(string path, string architecture)
    {
        var result = new LlvmMachO();
        string objdump = Toolbox.Require("llvm-objdump");
        result.ReadHeaders(Child.Run(objdump, "--macho", "--arch=" + architecture, "--private-headers", path).Output);
        result.ReadTrie(Child.Run(objdump, "--macho", "--arch=" + architecture, "--exports-trie", path).Output);
        result.ReadWeak(Child.Run(Toolbox.Require("llvm-readobj"), "--symbols", path).Output, architecture);
        result.ReadUndefined(Child.Run(Toolbox.Require("llvm-nm"), "--arch=" + architecture, "-m", "--undefined-only", path).Output);
        if (result.Exports.Count == 0)
        {
            result.ReadDefined(Child.Run(Toolbox.Require("llvm-nm"), "--arch=" + architecture, "-m", "--defined-only", "--extern-only", path).Output);
        }

        return result;
    }

    private void ReadHeaders(string output)
    {
        string command = "";
        string segment = "";
        string size = "";
        foreach (string line in output.Split('\n'))
        {
            if (Member().Match(line) is not { Success: true } member)
            {
                continue;
            }

            string value = member.Groups[2].Value;
            switch (member.Groups[1].Value)
            {
                case "cmd":
                    command = value;
                    break;
                case "name" when command is "LC_ID_DYLIB":
                    Identity = WithoutOffset(value);
                    break;
                case "name" when command is "LC_LOAD_DYLIB" or "LC_REEXPORT_DYLIB" or "LC_LOAD_UPWARD_DYLIB" or "LC_LOAD_WEAK_DYLIB":
                    Needed.Add(WithoutOffset(value));
                    Weak.AddRange(command == "LC_LOAD_WEAK_DYLIB" ? [WithoutOffset(value)] : []);
                    break;
                case "path" when command is "LC_RPATH":
                    SearchPaths.Add(WithoutOffset(value));
                    break;
                case "uuid":
                    Uuid = value.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
                    break;
                case "minos":
                case "version" when command.StartsWith("LC_VERSION_MIN", StringComparison.Ordinal):
                    MinimumSystem ??= value;
                    break;
                case "segname" when command.StartsWith("LC_SEGMENT", StringComparison.Ordinal):
                    segment = value;
                    break;
                case "vmsize":
                    size = value;
                    break;
                case "initprot":
                    Segments.Add($"{segment} {value} {ulong.Parse(size.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)}");
                    break;
                default:
                    break;
            }
        }
    }

    private void ReadTrie(string output) =>
        Exports.AddRange(output.Split('\n').Select(line => TrieLine().Match(line)).Where(match => match.Success).Select(match => Plain(match.Groups[1].Value)));

    private void ReadUndefined(string output) => Undefined.AddRange(
        output.Split('\n').Select(line => UndefinedLine().Match(line)).Where(match => match.Success)
            .Select(match => (Plain(match.Groups[1].Value), match.Groups[2].Success ? match.Groups[2].Value : null)));

    /// <summary>llvm-nm calls references to weak definitions weak as well; only N_WEAK_REF may stay open.</summary>
    private void ReadWeak(string output, string architecture)
    {
        string current = "";
        string name = "";
        bool isUndefined = false;
        foreach (string line in output.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("Arch: ", StringComparison.Ordinal))
            {
                current = line == "Arch: aarch64" ? "arm64" : line["Arch: ".Length..];
            }
            else if (line.StartsWith("Name: ", StringComparison.Ordinal))
            {
                name = line["Name: ".Length..line.LastIndexOf(" (", StringComparison.Ordinal)];
            }
            else if (line.StartsWith("Type: ", StringComparison.Ordinal))
            {
                isUndefined = line.StartsWith("Type: Undef", StringComparison.Ordinal);
            }
            else if (line.StartsWith("WeakRef", StringComparison.Ordinal) && isUndefined && current == architecture)
            {
                WeakReferences.Add(Plain(name));
            }
        }
    }

    private void ReadDefined(string output) => Exports.AddRange(
        output.Split('\n').Where(line => line.Contains(" external ", StringComparison.Ordinal) && !line.Contains("private external", StringComparison.Ordinal))
            .Select(line => Plain(line[(line.LastIndexOf(' ') + 1)..])));

    private static string Plain(string name) => name.StartsWith('_') ? name[1..] : name;

    private static string WithoutOffset(string value) => value[..value.LastIndexOf(" (offset", StringComparison.Ordinal)];

    [GeneratedRegex(@"^\s+(cmd|name|path|uuid|minos|version|segname|vmsize|initprot) (.+)$")]
    private static partial Regex Member();

    [GeneratedRegex(@"^(?:0x[0-9A-F]+|\[re-export\])\s+(\S+)")]
    private static partial Regex TrieLine();

    [GeneratedRegex(@"^\s*\(undefined[^)]*\) (?:weak )?(?:private )?external (?:\[[^\]]*\] )*(\S+)(?: \(from ([^)]+)\))?")]
    private static partial Regex UndefinedLine();
}
