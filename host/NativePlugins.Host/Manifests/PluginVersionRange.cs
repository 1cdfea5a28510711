using System.Diagnostics.CodeAnalysis;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Manifests;

namespace NativePlugins.Host;

/// <summary>The versions of a plugin that are accepted. Immutable.</summary>
/// <remarks>
/// A range consists of comparisons, all of which must hold, separated by spaces or commas: <c>&gt;= 1.2.0</c>, <c>&gt;= 1.2 &lt; 2.0</c>,
/// <c>= 1.0.0-beta.2</c>; or it is <c>*</c> for any version. The operators are <c>=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c> and
/// <c>&lt;=</c>. Numbers that are left out are 0. Versions are ordered by Semantic Versioning 2.0.0, item 11: a pre-release comes before
/// its release, so <c>1.2.0-beta</c> is not <c>&gt;= 1.2.0</c>, and build metadata does not count.
/// </remarks>
public sealed class PluginVersionRange
{
    /// <summary>The syntax, for messages.</summary>
    public const string Form = "comparisons such as >= 1.2.0 or >= 1.2 < 2.0, or *";

    private static readonly string[] s_operators = [">=", "<=", ">", "<", "="];

    private readonly string _text;
    private readonly List<(string Operator, string Version)> _comparisons;

    private PluginVersionRange(string text, List<(string Operator, string Version)> comparisons)
    {
        _text = text;
        _comparisons = comparisons;
    }

    /// <summary>Any version.</summary>
    public static PluginVersionRange Any { get; } = new("*", []);

    /// <summary>Reads a range.</summary>
    /// <exception cref="FormatException">The text is not a range.</exception>
    public static PluginVersionRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out PluginVersionRange? range)
            ? range
            : throw new FormatException($"{UntrustedText.Quote(text)} is not a range of versions: expected {Form}.");
    }

    /// <summary>Reads a range; false if the text is not a range.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PluginVersionRange? range)
    {
        range = null;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (rest is "*")
        {
            range = Any;
            return true;
        }

        var comparisons = new List<(string Operator, string Version)>();
        while (!rest.IsEmpty)
        {
            if (!TryReadComparison(ref rest, out (string Operator, string Version) comparison))
            {
                return false;
            }

            comparisons.Add(comparison);
        }

        if (comparisons.Count > 0)
        {
            range = new PluginVersionRange(text!.Trim(), comparisons);
        }

        return range is not null;
    }

    /// <summary>Whether a version is accepted; false also for text that is no semantic version.</summary>
    public bool Contains(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return SemanticVersion.IsValid(version) && _comparisons.TrueForAll(comparison => Holds(version, comparison));
    }

    /// <summary>The range as it was written.</summary>
    public override string ToString() => _text;

    private static bool TryReadComparison(ref ReadOnlySpan<char> rest, out (string Operator, string Version) comparison)
    {
        comparison = default;
        foreach (string candidate in s_operators)
        {
            if (rest.StartsWith(candidate, StringComparison.Ordinal))
            {
                rest = rest[candidate.Length..].TrimStart(' ');
                int end = rest.IndexOfAny(" ,<>=");
                string version = Completed(rest[..(end < 0 ? rest.Length : end)]);
                rest = rest[(end < 0 ? rest.Length : end)..].TrimStart(" ,");
                comparison = (candidate, version);
                return SemanticVersion.IsValid(version);
            }
        }

        return false;
    }

    // 1 and 1.2 become 1.0.0 and 1.2.0. With a pre-release or build metadata all three numbers must be there.
    private static string Completed(ReadOnlySpan<char> version) => version.IndexOfAny("-+") >= 0
        ? version.ToString()
        : version.Count('.') switch { 0 => $"{version}.0.0", 1 => $"{version}.0", _ => version.ToString() };

    private static bool Holds(string version, (string Operator, string Version) comparison)
    {
        int order = SemanticVersion.Compare(version, comparison.Version);
        return comparison.Operator switch
        {
            ">=" => order >= 0,
            "<=" => order <= 0,
            ">" => order > 0,
            "<" => order < 0,
            _ => order == 0,
        };
    }
}
