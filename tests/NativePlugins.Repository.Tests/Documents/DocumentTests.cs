using System.Text.RegularExpressions;

namespace NativePlugins.Repository.Tests.Documents;

/// <summary>Every command that a document shows is executed by a test; these tests see to it that none is left out.</summary>
public partial class DocumentTests
{
    private static readonly string[] s_attributes = ["test", "status", "needs", "file", "run-by", "os", "manual"];
    private static readonly string[] s_wheres = ["test", "run-by", "os", "manual"];
    private static readonly string[] s_languages =
        ["sh", "console", "powershell", "text", "csharp", "c", "cpp", "rust", "cmake", "json", "xml", "toml", "dockerfile", "ini", "http"];

    // What takes minutes, or a person. A block that is not in this list must run somewhere.
    private static readonly string[] s_manual =
    [
        "docs/benchmarks.md: it takes minutes",
        "docs/debugging.md: it needs lldb, which the build's machines do not have",
        "docs/debugging.md: it takes two terminals",
        "docs/watch.md: a person edits and saves",
        "docs/watch.md: a person edits and saves",
        "docs/watch.md: a person edits and saves",
        "docs/watch.md: a person edits and saves",
    ];

    private static IEnumerable<DocumentBlock> Blocks => DocumentBlock.Pages.SelectMany(DocumentBlock.In);

    [Fact]
    public void Every_block_of_commands_says_where_it_is_executed()
    {
        var unmarked = Blocks.Where(block => block.IsCommands)
            .Where(block => s_wheres.Count(block.Attributes.ContainsKey) != 1)
            .Select(block => $"{block}: a block of commands is marked with one of: test, run-by=SCRIPT, os=NAME, manual=\"REASON\"");

        Assert.Empty(unmarked);
    }

    [Fact]
    public void What_another_script_executes_stands_in_that_script()
    {
        var missing = from block in Blocks
                      where block["run-by"] is not null
                      from command in block.Commands
                      where !RepositoryFiles.Text(block["run-by"]!).Contains(command, StringComparison.Ordinal)
                      select $"{block}: '{command}' is not in {block["run-by"]}";

        Assert.Empty(missing);
    }

    [Fact]
    public void What_nobody_executes_is_known_by_name() =>
        Assert.Equal(s_manual, Blocks.Where(block => block["manual"] is not null).Select(block => $"{block.Page}: {block["manual"]}"));

    [Fact]
    public void Commands_for_another_system_are_written_for_its_shell()
    {
        var offending = Blocks.Where(block => block["os"] is not null)
            .Where(block => (block.Language, block["os"]) is not (("powershell", "windows") or ("sh", "macos")))
            .Select(block => $"{block}: {block.Language} os={block["os"]}");

        Assert.Empty(offending);
    }

    [Fact]
    public void Every_fenced_block_has_a_language_and_marks_that_tests_know()
    {
        var offending = Blocks
            .Where(block => !s_languages.Contains(block.Language, StringComparer.Ordinal)
                || block.Attributes.Keys.Except(s_attributes, StringComparer.Ordinal).Any())
            .Select(block => $"{block}: {block.Language} {string.Join(' ', block.Attributes.Keys)}");

        Assert.Empty(offending);
    }

    [Fact]
    public void No_command_hides_in_a_block_that_is_not_fenced_or_is_called_text()
    {
        var offending = DocumentBlock.Pages
            .SelectMany(page => Indented().Matches(Fenced().Replace(RepositoryFiles.Text(page), "")).Select(match => $"{page}: {match.Groups[1].Value}"))
            .Concat(Blocks.Where(block => !block.IsCommands && block.Text.Split('\n').Any(line => line.StartsWith("$ ", StringComparison.Ordinal)))
                .Select(block => block.ToString()));

        Assert.Empty(offending);
    }

    [GeneratedRegex(@"^ *(`{3,}|~{3,})[^\n]*\n.*?^ *\1 *$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    // An indented block: a line with four spaces after an empty line, outside of a list.
    [GeneratedRegex(@"(?<=^(?![-*\d]).*\n\n)    ([^ \-*].*)", RegexOptions.Multiline)]
    private static partial Regex Indented();
}
