using System.Text.RegularExpressions;

namespace NativePlugins.Documentation.Tests;

/// <summary>
/// Does what each page says, from top to bottom, in a directory of its own: writes its files, types its commands, and compares
/// what they print.
/// </summary>
public partial class PageTests
{
    /// <summary>The pages that show commands to be executed, and can be here.</summary>
    public static TheoryData<string> Pages => [.. AllPages.Where(page => Prerequisites.Obstacle(page) is null)];

    internal static IEnumerable<string> AllPages => DocumentBlock.Pages.Where(page => DocumentBlock.In(page).Any(block => block["test"] is not null));

    [UnixTheory]
    [MemberData(nameof(Pages))]
    [MissingPrerequisites]
    public void A_page_does_what_it_says(string page, string? missing = null)
    {
        Assert.Null(missing);
        using var session = new PageSession();
        foreach (DocumentBlock block in BlocksOf(page))
        {
            session.Perform(block);
        }
    }

    /// <summary>A page that goes on where another ends says so in a comment, which readers do not see.</summary>
    internal static IEnumerable<DocumentBlock> BlocksOf(string page)
    {
        Match after = After().Match(RepositoryFiles.Text(page));
        return (after.Success ? BlocksOf(after.Groups[1].Value) : []).Concat(DocumentBlock.In(page));
    }

    [GeneratedRegex("^<!-- after: (.*) -->$", RegexOptions.Multiline)]
    private static partial Regex After();
}
