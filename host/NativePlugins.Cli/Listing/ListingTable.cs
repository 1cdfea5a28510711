using Spectre.Console;

namespace NativePlugins.Cli;

/// <summary>The list for a terminal.</summary>
internal static class ListingTable
{
    public static void Write(IReadOnlyList<ListingRow> rows, HostTerminal terminal)
    {
        using var text = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.IsOutputColored ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.IsOutputColored ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new TerminalOutput(text),
        });
        console.Write(Render(rows));
        terminal.Write(text.ToString());
    }

    // Text, not Markup: nothing of a plugin's is read as markup.
    internal static Table Render(IReadOnlyList<ListingRow> rows)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (string heading in ListingRow.Headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))));
        }

        foreach (ListingRow row in rows)
        {
            Style style = new(row.IsLoadable ? null : Color.Red, decoration: row.IsShadowed ? Decoration.Dim : null);
            table.AddRow(row.Cells.Select(cell => new Text(cell, style)));
        }

        return table;
    }

    private sealed class TerminalOutput(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer { get; } = writer;

        public bool IsTerminal => true;

        public int Width => Console.WindowWidth > 0 ? Console.WindowWidth : 120;

        public int Height => Console.WindowHeight;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
