using NativePlugins.Contracts;

namespace Logs;

/// <summary>Takes the records to where they belong.</summary>
[PluginContract("logs.sink", Threading = ContractThreading.Serialized)]
public partial interface ILogSink
{
    /// <summary>Raised at the end of each flush.</summary>
    event Action<SinkProgress> Flushed;

    /// <summary>Takes records. They may wait in the sink until it is flushed.</summary>
    /// <param name="records">The records: those of a source in the order of its lines.</param>
    /// <param name="cancellationToken">Looked at while the sink waits for something.</param>
    /// <exception cref="InvalidOperationException">It took none of them.</exception>
    ValueTask WriteAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellationToken);

    /// <summary>Brings everything that it has taken to where it belongs.</summary>
    /// <param name="cancellationToken">Looked at while the sink waits for something.</param>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
