using System.Text;

namespace NativePlugins.Cli;

/// <summary>Where results and reports go. Results to standard output, all else to standard error.</summary>
internal sealed class HostTerminal(StandardStream output, StandardStream errorOutput, HostSettings settings)
{
    public StandardStream Output { get; } = output;

    public StandardStream ErrorOutput { get; } = errorOutput;

    public HostSettings Settings { get; } = settings;

    /// <summary>Whether standard output is a terminal that a table fits.</summary>
    public static bool IsOutputTerminal => !Console.IsOutputRedirected;

    public bool IsOutputColored => IsColored(IsOutputTerminal);

    public void Write(string text) => Output.Write(Encoding.UTF8.GetBytes(text));

    public void WriteLine(string text) => Write(text + "\n");

    /// <summary>Writes to standard error. A failure there has nowhere to be reported.</summary>
    public void WriteError(ReadOnlySpan<byte> text)
    {
        try
        {
            ErrorOutput.Write(text);
        }
        catch (IOException)
        {
            // Standard output is for results alone, so there is nowhere left to say it.
        }
    }

    public void WriteError(string text) => WriteError(Encoding.UTF8.GetBytes(text));

    /// <summary>Says something that is no error, unless the user wants quiet.</summary>
    public void Note(string text)
    {
        if (!Settings.Quiet)
        {
            WriteError($"{Product.Name}: {text}\n");
        }
    }

    /// <summary>Reports an error, and returns the exit status that goes with it.</summary>
    public int Report(ErrorReport report)
    {
        if (Settings.Json)
        {
            WriteError(JsonLine.Write(writer => report.WriteAsMember(writer, "error")));
        }
        else
        {
            WriteError(report.ToText(Settings.Verbose, IsColored(!Console.IsErrorRedirected)));
        }

        return report.ExitCode;
    }

    private bool IsColored(bool isTerminal) => Settings.Color switch
    {
        ColorMode.Always => true,
        ColorMode.Never => false,
        _ => isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb",
    };
}
