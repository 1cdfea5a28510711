namespace NativePlugins.Cli;

/// <summary>An error of the program itself, or one that another process of it reported.</summary>
internal sealed class CliException(ErrorReport report) : Exception(report.Summary)
{
    public ErrorReport Report { get; } = report;
}
