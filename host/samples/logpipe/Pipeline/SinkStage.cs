using System.Diagnostics;
using Logs;
using Microsoft.Extensions.Logging;

namespace LogPipe;

/// <summary>A sink, whose progress and failures the log tells.</summary>
internal sealed class SinkStage : IDisposable
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);

    private readonly Stage<ILogSink> _stage;
    private readonly Tally _tally;
    private readonly ILogger _log;
    private SinkProgress? _progress;
    private long _told;

    public SinkStage(Stage<ILogSink> stage, Tally tally, ILogger log)
    {
        (_stage, _tally, _log) = (stage, tally, log);
        stage.Contract.Flushed += OnFlushed;
    }

    public async Task WriteAsync(IReadOnlyList<LogRecord> records)
    {
        try
        {
            await _stage.Contract.WriteAsync(records, CancellationToken.None);
        }
        catch (Exception e)
        {
            _tally.Refused += records.Count;
            Log.NotWritten(_log, _stage.Tell(e), records.Count, records[0].Source, records[0].Line, records[^1].Source, records[^1].Line);
        }
    }

    /// <summary>Flushes; what could not be flushed stays in the sink for the next time.</summary>
    public async Task<bool> TryFlushAsync()
    {
        try
        {
            await _stage.Contract.FlushAsync(CancellationToken.None);
            return true;
        }
        catch (Exception e)
        {
            Log.NotFlushed(_log, _stage.Tell(e));
            return false;
        }
    }

    public void Dispose()
    {
        _stage.Contract.Flushed -= OnFlushed;
        if (_progress is not null)
        {
            Tell(_progress);
        }
    }

    // On the plugin's thread. Sinks are flushed whenever no line waits; once a second is enough to be told.
    private void OnFlushed(SinkProgress progress)
    {
        _progress = progress;
        if (_told == 0 || Stopwatch.GetElapsedTime(_told) >= s_quiet)
        {
            _told = Stopwatch.GetTimestamp();
            Tell(progress);
        }
    }

    private void Tell(SinkProgress progress) => Log.Flushed(_log, _stage.Id, progress.Records, progress.Bytes);
}
