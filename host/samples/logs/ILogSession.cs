using NativePlugins.Contracts;

namespace Logs;

/// <summary>What an enricher knows of one source. It sees the records of that source in their order, one at a time.</summary>
[PluginContract("logs.session", Threading = ContractThreading.Serialized)]
public partial interface ILogSession : IDisposable
{
    /// <summary>Looks at the next record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The fields to add to it. One that it has already is replaced.</returns>
    IReadOnlyDictionary<string, string> Enrich(LogRecord record);
}
