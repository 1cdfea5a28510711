using System.Text.RegularExpressions;

namespace NativePlugins.Abi.Tests.Reference;

/// <summary>One thing that the header declares, in order, with the comment that belongs to it.</summary>
internal sealed partial record HeaderItem(string Kind, string Name, string Text, string Comment)
{
    /// <summary>Sections, macros, structs and functions from the constants to the conveniences.</summary>
    public static IEnumerable<HeaderItem> ReadAll(string header)
    {
        int start = header.IndexOf("/* ----", StringComparison.Ordinal);
        int end = header.LastIndexOf("/* ----", StringComparison.Ordinal);
        string comment = "";
        foreach (Match match in Item().Matches(header[start..end]))
        {
            string text = match.Value;
            if (match.Groups["section"].Success)
            {
                yield return new HeaderItem("section", "", Prose(match.Groups["section"].Value), "");
            }
            else if (match.Groups["comment"].Success)
            {
                comment = Prose(text);
                continue;
            }
            else
            {
                string kind = match.Groups["define"].Success ? "macro" : match.Groups["struct"].Success ? "struct" : "function";
                yield return new HeaderItem(kind, match.Groups["name"].Value, text, comment);
            }

            comment = "";
        }
    }

    /// <summary>A comment's text without its frame, its paragraphs' lines joined.</summary>
    public static string Prose(string comment)
    {
        IEnumerable<string> lines = comment.Split('\n').Select(line => Frame().Replace(line, "").TrimEnd());
        return ParagraphLine().Replace(string.Join('\n', lines).Trim(), " ").Trim();
    }

    [GeneratedRegex("""
        /\*\ -{20,}\n(?<section>.*?)\*/
        |(?<comment>/\*.*?\*/)
        |^\#define\ (?<name>NP_\w+)(?<define>(?:[^\n]*\\\n)*(?:[^\n/]|/(?!\*))*(?:/\*.*?\*/)?)
        |typedef\ struct\ (?<name>\w+)\ (?<struct>\{.*?\})\ \k<name>;
        |^(?:NP_EXPORT|static\ inline)\ int32_t\ (?:NP_CALL\ )?(?<name>\w+)\([^{;]*\)
        """, RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Item();

    [GeneratedRegex(@"^\s*(/\*|\*/|\*)?\ ?|\s*\*/\s*$")]
    private static partial Regex Frame();

    [GeneratedRegex(@"(?<=[^\n])\n(?=[^\n])")]
    private static partial Regex ParagraphLine();
}
