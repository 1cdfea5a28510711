using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace NativePlugins.Tests;

/// <summary>Keeps every record, with the activity that was current when it was written.</summary>
internal sealed class RecordingLoggers : ILoggerFactory
{
    public ConcurrentQueue<LogRecord> Records { get; } = [];

    /// <summary>Called for each record, on the thread that writes it.</summary>
    public Action<LogRecord>? OnRecord { get; set; }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Logger(RecordingLoggers owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var record = new LogRecord(category, logLevel, formatter(state, exception), Activity.Current);
            owner.Records.Enqueue(record);
            owner.OnRecord?.Invoke(record);
        }
    }
}

internal sealed record LogRecord(string Category, LogLevel Level, string Message, Activity? Activity);
