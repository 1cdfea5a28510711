using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NativePlugins.Abi.Tests.Reference;

/// <summary>docs/abi.md, written from the header and nothing else.</summary>
internal sealed partial class AbiReference
{
    private const int Width = 110;

    private readonly StringBuilder _page = new();
    private readonly string _header;
    private readonly HashSet<string> _seen = [];
    private bool _isInTable;

    private AbiReference(string header) => _header = header;

    public static string Of(string header) => new AbiReference(header).Write();

    private string Write()
    {
        _page.Append("""
            # ABI reference

            Generated from [`abi/native_plugins.h`](../abi/native_plugins.h), which is the contract; a test fails when the two differ,
            and `UPDATE_DOCS=1 ./build.sh test --filter Reference` writes this page anew. Offsets and sizes are in bytes, for 64-bit
            and for 32-bit pointers.

            """.ReplaceLineEndings("\n"));
        WriteRules();
        foreach (HeaderItem item in HeaderItem.ReadAll(_header))
        {
            Write(item);
        }

        return EmptyLines().Replace(_page.ToString(), "\n\n").TrimEnd('\n') + "\n";
    }

    /// <summary>The chapters of the comment at the top: a title in capitals, then text that is kept as it stands.</summary>
    private void WriteRules()
    {
        string banner = _header[..(_header.IndexOf("*/", StringComparison.Ordinal) - 1)];
        string text = string.Join('\n', banner.Split('\n').Select(line => line.TrimStart('/', '*', ' ').Length == 0 ? "" : line[Math.Min(3, line.Length)..].TrimEnd()));
        foreach (string chapter in ChapterTitle().Split(text)[1..].Chunk(2).Where(chapter => chapter.Length == 2).Select(chapter => chapter[0] + chapter[1]))
        {
            int comma = chapter.IndexOf('\n', StringComparison.Ordinal);
            string title = chapter[..comma].Split(',')[0].Trim();
            string body = chapter[comma..].Split("SPDX-License", 2)[0].Trim('\n').TrimEnd();
            Line($"\n## {title[..1]}{title[1..].ToLowerInvariant()}\n\n```{(title.StartsWith("A COMPLETE", StringComparison.Ordinal) ? "c" : "text")}\n{Dedent(body)}\n```");
        }
    }

    private void Write(HeaderItem item)
    {
        bool isRow = item.Kind == "macro" && IsConstant(item);
        if (_isInTable && !isRow)
        {
            _isInTable = false;
            Line("");
        }

        switch (item.Kind)
        {
            case "section":
                WriteSection(item);
                break;
            case "macro" when isRow:
                WriteConstant(item);
                break;
            case "macro" when item.Comment.Length > 0 && _seen.Add(item.Name):
                Line($"\n### {item.Name}{Arguments().Match(item.Text).Groups[1].Value}\n\n{Markdown(item.Comment)}");
                break;
            case "struct":
                WriteStruct(item);
                break;
            case "function":
                Line($"\n### {item.Name}\n");
                WriteFunction(item.Text, item.Comment);
                break;
        }
    }

    private void WriteSection(HeaderItem section)
    {
        string[] paragraphs = section.Text.Split("\n\n");
        string[] title = SideOfSection().Split(paragraphs[0], 2);
        Line($"\n## {Markdown(title[0])}");
        if (title.Length > 1)
        {
            Line($"\nOn the {title[1]}.");
        }

        foreach (string paragraph in paragraphs[1..])
        {
            Line($"\n{Markdown(paragraph)}");
        }
    }

    private void WriteConstant(HeaderItem item)
    {
        if (!_isInTable || item.Comment.Length > 0)
        {
            Line($"{(item.Comment.Length > 0 ? $"\n{Markdown(item.Comment)}\n" : "")}\n| Constant | Value | |\n|---|---|---|");
            _isInTable = true;
        }

        Match value = ConstantValue().Match(item.Text);
        Line($"| `{item.Name}` | `{value.Groups["value"].Value.Trim()}` | {Markdown(HeaderItem.Prose(value.Groups["comment"].Value))} |");
    }

    private void WriteStruct(HeaderItem item)
    {
        Line($"\n### {item.Name}\n");
        if (item.Comment.Length > 0)
        {
            Line(Markdown(item.Comment) + "\n");
        }

        Line(Layout(item.Name, null) is (int size64, int size32) ? $"Size: {size64}, {size32}.\n" : "A draft: its layout may change.\n");
        Match[] members = Member().Matches(item.Text[(item.Text.IndexOf('{', StringComparison.Ordinal) + 1)..item.Text.LastIndexOf('}')]).ToArray();
        Line("| Offset | Field | |\n|---|---|---|");
        foreach (Match member in members)
        {
            string declaration = Space().Replace(member.Groups["declaration"].Value.Trim(), " ");
            Match function = FunctionName().Match(declaration);
            string name = function.Success ? function.Groups[1].Value : declaration.Split(' ', '*')[^1];
            string offset = member == members[0] ? "0"
                : Layout(item.Name, name) is (int at64, int at32) ? $"{at64}, {at32}"
                : member == members[1] ? "4, 4" : "";
            string comment = HeaderItem.Prose(member.Groups["trailing"].Value);
            Line($"| {offset} | `{(function.Success ? $"{name}()" : declaration)}` | {Markdown(function.Success ? "" : comment)} |");
        }

        foreach (Match member in members.Where(member => FunctionName().IsMatch(member.Value)))
        {
            string declaration = member.Groups["declaration"].Value.Trim();
            Line($"\n#### {item.Name}.{FunctionName().Match(declaration).Groups[1].Value}\n");
            WriteFunction(declaration, HeaderItem.Prose(member.Groups["leading"].Value));
        }
    }

    private void WriteFunction(string declaration, string comment)
    {
        Match tags = Tags().Match(comment);
        Line($"```c\n{Declaration(declaration)}\n```\n\n{Markdown(comment[..(tags.Success ? tags.Index : comment.Length)].Trim())}");
        if (tags.Success)
        {
            string state = tags.Groups["state"].Value;
            Line($"\nThread: {tags.Groups["thread"].Value}. State: {(state.Length > 0 ? state : "whenever the table can be reached")}.");
        }
    }

    /// <summary>The size of a struct or the offset of a member, as the header asserts it; null where it does not.</summary>
    private (int Bits64, int Bits32)? Layout(string type, string? member)
    {
        Match assertion = Regex.Match(_header, member is null
            ? $@"^NP_ASSERT_SIZE\({type}, (\d+), (\d+)\)"
            : $@"^NP_ASSERT_OFFSET\({type}, {member}, (\d+), (\d+)\)", RegexOptions.Multiline);
        return assertion.Success ? (Number(assertion.Groups[1]), Number(assertion.Groups[2])) : null;
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    private static bool IsConstant(HeaderItem item) => ConstantValue().IsMatch(item.Text);

    private static string Dedent(string text)
    {
        string[] lines = text.Split('\n');
        int indent = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).Min();
        return string.Join('\n', lines.Select(line => line[Math.Min(indent, line.Length)..]));
    }

    /// <summary>A declaration on one line, or with each parameter on its own where that is too long.</summary>
    private static string Declaration(string text)
    {
        string line = Space().Replace(text.Trim(), " ");
        if (line.Length <= Width)
        {
            return line;
        }

        int depth = 0;
        return string.Concat(line.Select(c =>
        {
            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
            return c == ',' && depth == 1 ? ",\n   " : $"{c}";
        }));
    }

    private static string Markdown(string text) => text.Replace("*", "\\*").Replace("<", "&lt;").Replace("|", "\\|").Replace("\n", " ");

    private void Line(string text) => _page.Append(text).Append('\n');

    [GeneratedRegex(@"^([A-Z][A-Z ]+(?:,[^\n]*)?)$", RegexOptions.Multiline)]
    private static partial Regex ChapterTitle();

    [GeneratedRegex(@"\s{2,}(?=(?:plugin|host)'s side|both sides)")]
    private static partial Regex SideOfSection();

    [GeneratedRegex(@"^#define NP_\w+ (?<value>""[^""]*""|\(?-?[\dA-FxULu]+\)?)\s*(?<comment>/\*.*)?$", RegexOptions.Singleline)]
    private static partial Regex ConstantValue();

    [GeneratedRegex(@"^#define NP_\w+(\([^)]*\))")]
    private static partial Regex Arguments();

    [GeneratedRegex(@"(?<leading>(?:\s*/\*(?:(?!\*/).)*\*/)*)\s*(?<declaration>[^;/{}]+);[ \t]*(?<trailing>/\*.*?\*/)?", RegexOptions.Singleline)]
    private static partial Regex Member();

    [GeneratedRegex(@"^(?:.*?)int32_t\s*\(NP_CALL \*(\w+)\)", RegexOptions.Singleline)]
    private static partial Regex FunctionName();

    [GeneratedRegex(@"\[(?<thread>[a-z-]+)(?: & (?<state>[a-z, ]+))?\]\s*$")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();
}
