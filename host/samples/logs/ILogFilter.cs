using NativePlugins.Contracts;

namespace Logs;

/// <summary>Says which records go on.</summary>
[PluginContract("logs.filter")]
public partial interface ILogFilter
{
    /// <summary>Looks at one record.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Whether it goes on.</returns>
    bool Keeps(LogRecord record);
}
