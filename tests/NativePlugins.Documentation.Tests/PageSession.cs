using System.Text.RegularExpressions;

namespace NativePlugins.Documentation.Tests;

/// <summary>What a reader of one page does: a directory with dist/ and artifacts/ in it, and a shell.</summary>
internal sealed class PageSession : IDisposable
{
    private const string AnyText = "…";

    private readonly string _root = Directory.CreateTempSubdirectory("native-plugins-page-").FullName;
    private readonly PageShell _shell;

    public PageSession()
    {
        string start = Directory.CreateDirectory(Path.Combine(_root, "start")).FullName;
        Assert.True(File.Exists(RepositoryFiles.PathOf("dist/host")), "dist/host is missing: run ./build.sh build.");
        Directory.CreateSymbolicLink(Path.Combine(start, "dist"), RepositoryFiles.PathOf("dist"));
        Directory.CreateDirectory(Path.Combine(start, "artifacts"));

        // As if the packages of this build had been published: above the directory, where NuGet looks too.
        File.WriteAllText(Path.Combine(_root, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{RepositoryFiles.PathOf("artifacts/feed")}" />
              </packageSources>
            </configuration>
            """);
        _shell = new PageShell(_root, start);
    }

    public void Perform(DocumentBlock block)
    {
        if (block["file"] is string file)
        {
            string path = Path.Combine(_shell.Directory, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, block.Text);
        }
        else if (block["test"] is not null && Prerequisites.AreMet(block))
        {
            int status = int.Parse(block["status"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            if (block.Language == "console")
            {
                Converse(block, status);
            }
            else
            {
                Require(block, block.Text, status, expected: null);
            }
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Each line that begins with a prompt is a command; the lines below it are what it prints.</summary>
    private void Converse(DocumentBlock block, int status)
    {
        string[] parts = Regex.Split(block.Text, @"^\$ ", RegexOptions.Multiline);
        Assert.True(parts[0].Length == 0 && parts.Length > 1, $"{block}: the block begins with a command, '$ …'.");
        foreach ((int i, string part) in parts.Index().Skip(1))
        {
            string[] lines = part.Split('\n', 2);
            Require(block, lines[0] + "\n", i == parts.Length - 1 ? status : 0, lines[1]);
        }
    }

    private void Require(DocumentBlock block, string commands, int status, string? expected)
    {
        (int found, string output) = _shell.Run(commands);
        Assert.True(status == found, $"{block}: exit status {status} was expected and {found} found of\n{commands}\nIt printed:\n{output}");
        if (expected is not null)
        {
            string pattern = string.Concat(expected.TrimEnd('\n').Split('\n').Select(Pattern));
            Assert.True(
                Regex.IsMatch(output.TrimEnd('\n') + "\n", $@"\A{pattern}\z", RegexOptions.Singleline),
                $"{block}: {commands}should print\n{expected}\nand printed\n{output}");
        }
    }

    /// <summary>Any text within a line; alone on one, any lines or none.</summary>
    private static string Pattern(string line) =>
        line == AnyText ? "(?:[^\n]*\n)*?" : string.Join(".*?", line.Split(AnyText).Select(Regex.Escape)) + "\n";
}
