using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NativePlugins.Documentation.Tests;

/// <summary>
/// The session that the README plays. Its commands print today what they print there; those that build a plugin aside, which the tests of
/// <c>host watch --project</c> wait for.
/// </summary>
public partial class SessionTests
{
    private const string Picture = "docs/pictures/first-steps.svg";

    // What builds the counter, or makes host watch build it.
    private static readonly string[] s_builds =
    [
        "dist/host watch --project plugins-native/counter/counter.csproj",
        "sed -i 's/\"run /\"round /' plugins-native/counter/Counter.cs",
        "sed -i 's/return 0/return zero/' plugins-native/counter/Counter.cs",
    ];

    public static TheoryData<string> Builds => [.. s_builds];

    [UnixTheory]
    [InlineData(Picture)]
    public void The_session_shows_what_its_commands_print(string picture)
    {
        using var session = new PageSession();
        DocumentBlock[] blocks = [.. Blocks(picture).Where(block => !s_builds.Any(command => block.Text.Contains(command, StringComparison.Ordinal)))];
        Assert.Equal(3, blocks.Length);

        Assert.All(blocks, session.Perform);
    }

    [Theory]
    [MemberData(nameof(Builds))]
    public void What_the_session_builds_and_edits_is_there(string command)
    {
        string file = command.Split(' ')[^1];

        Assert.Single(Lines(Picture), line => line.Contains(command, StringComparison.Ordinal));
        Assert.Contains(Edited().Match(command).Groups[1].Value, RepositoryFiles.Text(file), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(string picture) =>
        XDocument.Load(RepositoryFiles.PathOf(picture)).Descendants().Where(element => element.Name.LocalName == "text").Select(line => line.Value);

    /// <summary>A block for each command, as a page would have it.</summary>
    private static IEnumerable<DocumentBlock> Blocks(string picture) =>
        from block in Regex.Split(string.Concat(Lines(picture).Where(line => !line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line + "\n")), @"^(?=\$ )", RegexOptions.Multiline)
        where block.Length > 0
        select new DocumentBlock
        {
            Page = picture,
            Line = 0,
            Language = "console",
            Text = block,
            Attributes = new Dictionary<string, string> { ["test"] = "", ["status"] = Status(block).ToString(CultureInfo.InvariantCulture) },
        };

    /// <summary>Of the error that a command ends with, as the reference has it.</summary>
    private static int Status(string block)
    {
        Match error = Error().Match(block);
        return error.Success
            ? int.Parse(Regex.Match(RepositoryFiles.Text("docs/errors.md"), $@"^\| \[{error.Groups[1].Value}\]\(.*\) \| (\d+) \|", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture)
            : 0;
    }

    [GeneratedRegex("^host: (NP[0-9]{4}): ", RegexOptions.Multiline)]
    private static partial Regex Error();

    [GeneratedRegex("'s/([^/]*)/")]
    private static partial Regex Edited();
}
