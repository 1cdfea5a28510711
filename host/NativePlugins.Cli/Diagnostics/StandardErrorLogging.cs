using System.Text;
using Microsoft.Extensions.Logging;
using NativePlugins.Binary.Text;

namespace NativePlugins.Cli;

/// <summary>Writes log records to standard error, one line each: <c>level source: message</c>, or JSON.</summary>
internal sealed class StandardErrorLogging(HostTerminal terminal) : ILoggerFactory
{
    private const string HostCategory = "NativePlugins.Host";

    private readonly LogLevel _least = terminal.Settings.EffectiveLogLevel;

    /// <summary>The name of an event that is reported in another way.</summary>
    public string? LeftOut { get; init; }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName == HostCategory ? "host" : categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Standard error is the only place.");

    public void Dispose()
    {
    }

    internal static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "information",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        LogLevel.Critical => "critical",
        _ => "none",
    };

    internal static string FormatText(LogLevel level, string source, string message, Exception? exception)
    {
        var line = new StringBuilder(NameOf(level)).Append(' ').Append(UntrustedText.Escape(source)).Append(": ")
            .Append(UntrustedText.Escape(message, multiline: true).ReplaceLineEndings("\n  "));
        if (exception is not null)
        {
            line.Append("\n  ").Append(UntrustedText.Escape(exception.Message, multiline: true).ReplaceLineEndings("\n  "));
        }

        return line.Append('\n').ToString();
    }

    private void Write(LogLevel level, string source, string message, Exception? exception)
    {
        if (terminal.Settings.Json)
        {
            terminal.WriteError(JsonLine.Write(writer =>
            {
                writer.WriteStartObject("log");
                writer.WriteString("level", NameOf(level));
                writer.WriteString("source", source);
                writer.WriteString("message", message);
                if (exception is not null)
                {
                    writer.WriteString("exception", exception.Message);
                }

                writer.WriteEndObject();
            }));
        }
        else
        {
            terminal.WriteError(FormatText(level, source, message, exception));
        }
    }

    private sealed class Logger(StandardErrorLogging owner, string source) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= owner._least;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && (owner.LeftOut is null || eventId.Name != owner.LeftOut))
            {
                owner.Write(logLevel, source, formatter(state, exception), exception);
            }
        }
    }
}
