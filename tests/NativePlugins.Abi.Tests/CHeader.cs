using System.Text.RegularExpressions;

namespace NativePlugins.Abi.Tests;

/// <summary>One member of a struct: a value, or a function with a return type and parameters.</summary>
internal sealed record CMember(string Struct, string Declaration, string Name, string? Returns, string[] Parameters)
{
    public bool IsFunction => Returns is not null;

    public override string ToString() => $"{Struct}.{Name}";
}

/// <summary>What native_plugins.h declares, read with as much C as the header uses.</summary>
internal sealed partial class CHeader
{
    private CHeader(string text)
    {
        Text = text;
        Code = Comment().Replace(text, " ");
        Structs = Struct().Matches(Code).ToDictionary(match => match.Groups["name"].Value, match => Members(match.Groups["name"].Value, match.Groups["body"].Value));
    }

    public static CHeader Current { get; } = new(File.ReadAllText(Repository.Header));

    public static CHeader Frozen { get; } = new(File.ReadAllText(Repository.FrozenHeader));

    public string Text { get; }

    /// <summary>The header without its comments.</summary>
    public string Code { get; }

    /// <summary>All structs, drafts too, in order of their declaration.</summary>
    public IReadOnlyDictionary<string, CMember[]> Structs { get; }

    public IEnumerable<CMember> Functions => Structs.Values.SelectMany(members => members).Where(member => member.IsFunction);

    /// <summary>The names of the structs that need NP_ENABLE_DRAFTS.</summary>
    public string[] DraftStructs =>
        [.. Struct().Matches(Drafts().Match(Code).Groups["body"].Value).Select(match => match.Groups["name"].Value)];

    /// <summary>The macros that are a number or a text, and their value as it is written.</summary>
    public Dictionary<string, string> Constants() =>
        Define().Matches(Code).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Trim());

    /// <summary>The header's lines that are neither comments nor for the preprocessor.</summary>
    public string Declarations() => PreprocessorLine().Replace(Code, "");

    /// <summary>The text of the comment that stands directly before a function member.</summary>
    public string CommentBefore(CMember member)
    {
        var structStart = Text.IndexOf($"typedef struct {member.Struct} {{", StringComparison.Ordinal);
        var declaration = Text.IndexOf($"(NP_CALL *{member.Name})", structStart, StringComparison.Ordinal);
        var before = Text[structStart..Text.LastIndexOf("int32_t", declaration, StringComparison.Ordinal)].TrimEnd();
        Assert.True(before.EndsWith("*/", StringComparison.Ordinal), $"{member} has no comment before it.");
        return before[before.LastIndexOf("/*", StringComparison.Ordinal)..];
    }

    private static CMember[] Members(string structName, string body) =>
        [.. body.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => Member(structName, text))];

    private static CMember Member(string structName, string declaration)
    {
        declaration = Space().Replace(declaration, " ");
        var function = Function().Match(declaration);
        return function.Success
            ? new(structName, declaration, function.Groups["name"].Value, function.Groups["returns"].Value, SplitParameters(function.Groups["parameters"].Value))
            : new(structName, declaration, LastWord().Match(declaration).Value, null, []);
    }

    /// <summary>Splits at the commas that are not within parentheses.</summary>
    private static string[] SplitParameters(string parameters)
    {
        var depth = 0;
        var separated = string.Concat(parameters.Select(c =>
        {
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            return c == ',' && depth == 0 ? '\n' : c;
        }));
        return separated.Split('\n', StringSplitOptions.TrimEntries);
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"typedef struct (?<name>\w+) \{(?<body>.*?)\} \k<name>;", RegexOptions.Singleline)]
    private static partial Regex Struct();

    [GeneratedRegex(@"#ifdef NP_ENABLE_DRAFTS(?<body>.*?)#endif", RegexOptions.Singleline)]
    private static partial Regex Drafts();

    [GeneratedRegex(@"^#define (?<name>NP_\w+) (?<value>[""\d(].*)$", RegexOptions.Multiline)]
    private static partial Regex Define();

    [GeneratedRegex(@"^[ \t]*#(?:.*\\\n)*.*$", RegexOptions.Multiline)]
    private static partial Regex PreprocessorLine();

    [GeneratedRegex(@"^(?<returns>.*?)\(NP_CALL \*(?<name>\w+)\)\((?<parameters>.*)\)$")]
    private static partial Regex Function();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\w+$")]
    private static partial Regex LastWord();
}
