using Logs;
using NativePlugins.Host;

namespace LogPipe;

/// <summary>An enricher, and its session for each source.</summary>
internal sealed class EnricherStage(Stage<ILogEnricher> stage) : IDisposable
{
    private readonly Dictionary<string, ILogSession> _sessions = new(StringComparer.Ordinal);

    public LogRecord Enrich(LogRecord record)
    {
        try
        {
            foreach ((string name, string value) in Fields(record))
            {
                record = record.With(name, value);
            }

            return record;
        }
        catch (Exception e)
        {
            return record.With("enricher_error", stage.Tell(e));
        }
    }

    public void Dispose()
    {
        foreach (ILogSession session in _sessions.Values)
        {
            session.Dispose();
        }
    }

    private IReadOnlyDictionary<string, string> Fields(LogRecord record)
    {
        while (true)
        {
            try
            {
                return Session(record.Source).Enrich(record);
            }
            catch (PluginObjectEndedException)
            {
                // Another build has taken over, and the session ended with the old one. The record has not reached it.
                _sessions.Remove(record.Source);
            }
        }
    }

    private ILogSession Session(string source) =>
        _sessions.TryGetValue(source, out ILogSession? session) ? session : _sessions[source] = stage.Contract.Open(source);
}
