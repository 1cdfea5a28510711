using Microsoft.Extensions.Logging;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Tests;

/// <summary>Keeps the text of every record.</summary>
internal sealed class RecordingLogger : ILoggerFactory, ILogger
{
    public List<string> Messages { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Messages.Add(formatter(state, exception));

    public void Dispose()
    {
    }
}
