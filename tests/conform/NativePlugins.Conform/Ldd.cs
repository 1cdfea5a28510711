using System.Text.RegularExpressions;

namespace NativePlugins.Conform;

/// <summary>What <c>ldd</c> prints about a library.</summary>
internal sealed partial class Ldd
{
    /// <summary>By the name that is asked for; null where it is not found.</summary>
    public Dictionary<string, string?> Resolved { get; } = [];

    /// <summary>Null where ldd refuses the file.</summary>
    public static Ldd? Read(string path)
    {
        (int status, string output) = Child.Run("ldd", path);
        if (status != 0)
        {
            return null;
        }

        var result = new Ldd();
        foreach (string line in output.Split('\n'))
        {
            if (NamedLine().Match(line) is { Success: true } named)
            {
                string target = named.Groups[2].Value;
                result.Resolved.TryAdd(named.Groups[1].Value, target == "not found" ? null : target);
            }
            else if (PathLine().Match(line) is { Success: true } plain)
            {
                result.Resolved.TryAdd(plain.Groups[1].Value, plain.Groups[1].Value);
            }
        }

        return result;
    }

    [GeneratedRegex(@"^\t(.+) => (not found|.+?)(?: \(0x[0-9a-f]+\))?$")]
    private static partial Regex NamedLine();

    [GeneratedRegex(@"^\t(/.+) \(0x[0-9a-f]+\)$")]
    private static partial Regex PathLine();
}
