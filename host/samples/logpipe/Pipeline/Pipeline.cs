using System.Diagnostics;
using System.Threading.Channels;
using Logs;
using Microsoft.Extensions.Logging;
using NativePlugins.Extensions.Hosting;

namespace LogPipe;

/// <summary>
/// The plugins in their order. One line after the other goes through it, so that those of a source keep their order. No line is lost to a
/// plugin that fails: what went wrong becomes a field of the record.
/// </summary>
internal sealed class Pipeline(PipelineOptions options, HostedPlugins plugins, Tally tally, ILogger log)
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1);

    private readonly Stage<ILogParser>[] _parsers = Stage<ILogParser>.Of(options.Parsers, plugins);
    private readonly Stage<ILogFilter>[] _filters = Stage<ILogFilter>.Of(options.Filters, plugins);
    private readonly EnricherStage[] _enrichers = [.. Stage<ILogEnricher>.Of(options.Enrichers, plugins).Select(stage => new EnricherStage(stage))];
    private readonly SinkStage[] _sinks = [.. Stage<ILogSink>.Of(options.Sinks, plugins).Select(stage => new SinkStage(stage, tally, log))];

    /// <summary>Takes all lines to the sinks, until there are no more.</summary>
    public async Task RunAsync(ChannelReader<LogLine> lines)
    {
        long flushed = Stopwatch.GetTimestamp();
        while (await lines.WaitToReadAsync())
        {
            List<LogRecord> records = Take(lines);
            foreach (SinkStage sink in records.Count > 0 ? _sinks : [])
            {
                await sink.WriteAsync(records);
            }

            if (lines.Count == 0 || Stopwatch.GetElapsedTime(flushed) >= s_longestWait)
            {
                await TryFlushAsync();
                flushed = Stopwatch.GetTimestamp();
            }
        }

        if (!await TryFlushAsync())
        {
            tally.HasFailed = true;
        }

        Array.ForEach(_enrichers, enricher => enricher.Dispose());
        Array.ForEach(_sinks, sink => sink.Dispose());
    }

    private async Task<bool> TryFlushAsync()
    {
        bool areFlushed = true;
        foreach (SinkStage sink in _sinks)
        {
            areFlushed &= await sink.TryFlushAsync();
        }

        return areFlushed;
    }

    /// <summary>The records of the lines that wait, and go on.</summary>
    private List<LogRecord> Take(ChannelReader<LogLine> lines)
    {
        var records = new List<LogRecord>();
        while (records.Count < options.BatchSize && lines.TryRead(out LogLine line))
        {
            tally.Read++;
            LogRecord record = Parse(line.Text) with { Source = line.Source, Line = line.Number };
            if (IsKept(ref record))
            {
                records.Add(_enrichers.Aggregate(record, (enriched, enricher) => enricher.Enrich(enriched)));
            }
            else
            {
                tally.Dropped++;
            }
        }

        return records;
    }

    /// <summary>A line that no parser takes is the message of its record.</summary>
    private LogRecord Parse(string line)
    {
        var unknown = new LogRecord(line);
        foreach (Stage<ILogParser> parser in _parsers)
        {
            try
            {
                if (parser.Contract.Parse(line) is LogRecord record)
                {
                    return record;
                }
            }
            catch (Exception e)
            {
                unknown = unknown.With("parser_error", parser.Tell(e));
            }
        }

        tally.Unparsed++;
        return unknown;
    }

    /// <summary>A filter that fails keeps the record.</summary>
    private bool IsKept(ref LogRecord record)
    {
        foreach (Stage<ILogFilter> filter in _filters)
        {
            try
            {
                if (!filter.Contract.Keeps(record))
                {
                    return false;
                }
            }
            catch (Exception e)
            {
                record = record.With("filter_error", filter.Tell(e));
            }
        }

        return true;
    }
}
