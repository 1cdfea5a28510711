using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>Prints each record of a plugin's log, and whether it joined the activity in which the plugin was called.</summary>
internal static class Trace
{
    public static int Run(string library)
    {
        using var loggers = new Loggers();
        using var host = new PluginHost(new PluginHostOptions { LoggerFactory = loggers });
        Plugin plugin = host.Load(library);
        using var activity = new Activity("call").SetIdFormat(ActivityIdFormat.W3C);
        loggers.Expected = activity.Start();
        plugin.RunCommand(["log"], Console.Out, Console.Error);
        return 0;
    }

    private sealed class Loggers : ILoggerFactory
    {
        public Activity? Expected { get; set; }

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class Logger(Loggers owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (category.StartsWith("probe", StringComparison.Ordinal))
            {
                string line = formatter(state, exception).Split('\n')[0];
                Console.WriteLine($"{category} {logLevel}: {line} ({(ReferenceEquals(Activity.Current, owner.Expected) ? "joined" : "apart")})");
            }
        }
    }
}
