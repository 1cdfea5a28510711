using System.Text.RegularExpressions;

namespace NativePlugins.Tests;

/// <summary>
/// A fenced block of a document. What follows its language on the fence says what tests do with it; renderers ignore that:
/// <c>test</c> it is executed, <c>status=N</c> and ends with that exit status,
/// <c>needs=PROGRAM,PROGRAM</c> but only where those are installed, <c>file=PATH</c> it is written to that file,
/// <c>run-by=PATH</c> it stands in that script, <c>os=NAME</c> it is for another system, <c>manual="REASON"</c> nobody runs it.
/// </summary>
internal sealed partial class DocumentBlock
{
    private static readonly string[] s_commands = ["sh", "console", "powershell"];

    /// <summary>From the root, with forward slashes.</summary>
    public required string Page { get; init; }

    /// <summary>Of the opening fence, from 1.</summary>
    public required int Line { get; init; }

    public required string Language { get; init; }

    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Its lines, each with a line feed.</summary>
    public required string Text { get; init; }

    public bool IsCommands => s_commands.Contains(Language, StringComparer.Ordinal);

    /// <summary>The commands alone, without prompts, comments and output.</summary>
    public IEnumerable<string> Commands => Text.Split('\n')
        .Where(line => Language != "console" || line.StartsWith("$ ", StringComparison.Ordinal))
        .Select(line => (Language == "console" ? line[2..] : line).Split(" #")[0].Trim())
        .Where(line => line.Length > 0 && line[0] != '#');

    public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);

    public override string ToString() => $"{Page}:{Line}";

    /// <summary>The pages whose commands are tested: the front door and everything under docs/.</summary>
    public static IEnumerable<string> Pages =>
        RepositoryFiles.Named(".md").Where(path => path == "README.md" || path.StartsWith("docs/", StringComparison.Ordinal));

    public static IReadOnlyList<DocumentBlock> In(string page) => Read(page, File.ReadAllLines(RepositoryFiles.PathOf(page)));

    public static IReadOnlyList<DocumentBlock> Read(string page, IReadOnlyList<string> lines)
    {
        var blocks = new List<DocumentBlock>();
        for (int i = 0; i < lines.Count; i++)
        {
            Match fence = Fence().Match(lines[i]);
            if (!fence.Success)
            {
                continue;
            }

            string indent = fence.Groups["indent"].Value;
            int start = i;
            var text = new List<string>();
            while (++i < lines.Count && lines[i].Trim() != fence.Groups["fence"].Value)
            {
                text.Add(lines[i].StartsWith(indent, StringComparison.Ordinal) ? lines[i][indent.Length..] : lines[i].TrimStart());
            }

            blocks.Add(new DocumentBlock
            {
                Page = page,
                Line = start + 1,
                Language = fence.Groups["language"].Value,
                Attributes = Attribute().Matches(fence.Groups["rest"].Value)
                    .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Trim('"'), StringComparer.Ordinal),
                Text = string.Concat(text.Select(line => line + "\n")),
            });
        }

        return blocks;
    }

    [GeneratedRegex("^(?<indent> *)(?<fence>`{3,}|~{3,})(?<language>[^ ]*) ?(?<rest>.*)$")]
    private static partial Regex Fence();

    [GeneratedRegex("""(?<name>[a-z-]+)(=(?<value>"[^"]*"|[^ ]+))?""")]
    private static partial Regex Attribute();
}
