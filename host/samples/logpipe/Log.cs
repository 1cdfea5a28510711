using Microsoft.Extensions.Logging;

namespace LogPipe;

/// <summary>Everything that logpipe itself logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Sink}: {Records} records, {Bytes} bytes")]
    public static partial void Flushed(ILogger logger, string sink, long records, long bytes);

    [LoggerMessage(2, LogLevel.Error, "{Failure} Not written: {Count} records, from {Source}:{Line} to {LastSource}:{LastLine}")]
    public static partial void NotWritten(ILogger logger, string failure, int count, string source, long line, string lastSource, long lastLine);

    [LoggerMessage(3, LogLevel.Error, "{Failure} Not flushed; it stays in the sink for the next time")]
    public static partial void NotFlushed(ILogger logger, string failure);

    [LoggerMessage(4, LogLevel.Error, "The source {Source} cannot be read: {Error}")]
    public static partial void NotRead(ILogger logger, string source, string error);

    [LoggerMessage(5, LogLevel.Information, "The end: {Tally}")]
    public static partial void End(ILogger logger, Tally tally);
}
