using NativePlugins.Contracts;

namespace Logs;

/// <summary>Makes a record of a line.</summary>
[PluginContract("logs.parser")]
public partial interface ILogParser
{
    /// <summary>Reads one line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <returns>null if it has another form; then the next parser is asked.</returns>
    LogRecord? Parse(string line);
}
