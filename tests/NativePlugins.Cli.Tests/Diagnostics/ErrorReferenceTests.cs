using System.Globalization;
using System.Reflection;
using System.Text;
using NativePlugins.Distribution;
using NativePlugins.Host;

namespace NativePlugins.Cli.Tests.Diagnostics;

/// <summary>docs/errors.md is written from the catalogue of <c>host explain</c>.</summary>
public sealed class ErrorReferenceTests
{
    private static readonly (string Prefix, string Title)[] s_families =
    [
        ("NP1", "Finding a plugin"), ("NP2", "The file"), ("NP3", "The system's loader"), ("NP4", "What the two sides agree on"),
        ("NP5", "Running"), ("NP6", "Configuration"), ("NP70", "Policy"), ("NP71", "Packages of plugins"), ("NP72", "Installed plugins"), ("NP73", "Signatures and trust"), ("NP8", "The program `host`"), ("NP9", "Bugs"),
    ];

    [Fact]
    public void The_reference_says_what_explain_says()
    {
        string page = RepositoryRoot.PathOf("docs/errors.md");
        string expected = Reference();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(page, expected);
        }

        string found = File.Exists(page) ? File.ReadAllText(page).ReplaceLineEndings("\n") : "";
        Assert.True(expected == found, "docs/errors.md is not what host explain says: write it anew with UPDATE_DOCS=1 ./build.sh test --filter Reference, and commit it.");
    }

    [Fact]
    public void Every_code_is_in_the_reference_once() =>
        Assert.All(ErrorCatalogue.All, entry => Assert.Equal(2, Reference().Split($"### {entry.Code}: ").Length));

    private static string Reference()
    {
        var page = new StringBuilder("""
            # Errors

            Every error has a code that never changes its meaning. The library throws it as an exception of its own type under
            `PluginException`; `host` prints the same text and ends with the exit status. `host explain NP1001` shows an entry of this
            page, which is generated from the same table; `UPDATE_DOCS=1 ./build.sh test --filter Reference` writes it anew.

            | Code | Exit status | |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (ErrorEntry entry in ErrorCatalogue.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"| [{entry.Code}](#{Anchor(entry)}) | {entry.ExitCode} | {entry.Title} |\n");
        }

        foreach ((string prefix, string title) in s_families)
        {
            ErrorEntry[] entries = [.. ErrorCatalogue.All.Where(entry => entry.Code.StartsWith(prefix, StringComparison.Ordinal))];
            page.Append(entries.Length > 0 ? $"\n## {title}\n" : "");
            foreach (ErrorEntry entry in entries)
            {
                Append(page, entry);
            }
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, ErrorEntry entry)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {entry.Code}: {entry.Title}\n\n{Markdown(entry.Explanation)}\n\nTo do: {Markdown(entry.Advice)}\n\nExit status {entry.ExitCode}.");
        page.Append(Exceptions.TryGetValue(entry.Code, out string? exception) ? $" Thrown as `{exception}`.\n" : "\n");
    }

    /// <summary>The types of exceptions by their code: each has one constructor, which takes the failure.</summary>
    private static Dictionary<string, string> Exceptions { get; } = typeof(PluginException).Assembly.GetExportedTypes()
        .Concat(typeof(DistributionErrors).Assembly.GetExportedTypes())
        .Where(type => type.IsSubclassOf(typeof(PluginException)) && !type.IsAbstract)
        .ToDictionary(type => Create(type).Code, type => type.Name);

    private static PluginException Create(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).MinBy(constructor => constructor.GetParameters().Length)!;
        object failure = Activator.CreateInstance(typeof(PluginException).Assembly.GetType("NativePlugins.Host.Diagnostics.PluginFailure")!, "")!;
        return (PluginException)constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType.IsInstanceOfType(failure) ? failure : Default(parameter.ParameterType))]);
    }

    private static object? Default(Type type) => type == typeof(string) ? "" : type.IsValueType ? Activator.CreateInstance(type) : null;

    // As GitHub makes it: lower case, spaces become hyphens, punctuation goes.
    private static string Anchor(ErrorEntry entry) => string.Concat(
        $"{entry.Code}: {entry.Title}".ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    private static string Markdown(string text) => text.Replace("<", "&lt;").Replace("*", "\\*");
}
