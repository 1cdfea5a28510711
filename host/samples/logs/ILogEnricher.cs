using NativePlugins.Contracts;

namespace Logs;

/// <summary>Adds to records what it knows of their source.</summary>
[PluginContract("logs.enricher")]
public partial interface ILogEnricher
{
    /// <summary>Begins a session for one source.</summary>
    /// <param name="source">The source's name.</param>
    /// <returns>The session, which the application disposes of.</returns>
    ILogSession Open(string source);
}
