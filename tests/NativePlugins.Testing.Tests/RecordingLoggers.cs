using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NativePlugins.Testing.Tests;

/// <summary>Keeps what the plugin `probe` logs.</summary>
internal sealed class RecordingLoggers : ILoggerFactory
{
    public ConcurrentQueue<(LogLevel Level, string Category, string Text)> Records { get; } = [];

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
            if (category.StartsWith("probe", StringComparison.Ordinal))
            {
                owner.Records.Enqueue((logLevel, category, formatter(state, exception)));
            }
        }
    }
}
