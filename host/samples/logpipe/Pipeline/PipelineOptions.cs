using Microsoft.Extensions.Configuration;

namespace LogPipe;

/// <summary>The section <c>Pipeline</c> of the configuration: what is read, and which plugins each line goes through.</summary>
internal sealed class PipelineOptions
{
    /// <summary>The exit status for a configuration that is wrong, of sysexits.h.</summary>
    public const int BadConfiguration = 78;

    /// <summary>Paths; <c>-</c> is standard input.</summary>
    public IList<string> Sources { get; } = [];

    /// <summary>Whether files are read on at their end, as more is written to them.</summary>
    public bool Follow { get; set; }

    /// <summary>The ids of plugins with <see cref="Logs.ILogParser"/>. The first that knows a line makes its record.</summary>
    public IList<string> Parsers { get; } = [];

    /// <summary>The ids of plugins with <see cref="Logs.ILogFilter"/>. All must keep a record.</summary>
    public IList<string> Filters { get; } = [];

    /// <summary>The ids of plugins with <see cref="Logs.ILogEnricher"/>, in the order in which they add fields.</summary>
    public IList<string> Enrichers { get; } = [];

    /// <summary>The ids of plugins with <see cref="Logs.ILogSink"/>. Each gets every record.</summary>
    public IList<string> Sinks { get; } = [];

    /// <summary>How many records a sink is given at once, at most: 1 to 65536. Default: 256.</summary>
    public int BatchSize { get; set; } = 256;

    /// <summary>All plugins that the pipeline needs.</summary>
    public IEnumerable<string> Plugins => Parsers.Concat(Filters).Concat(Enrichers).Concat(Sinks).Distinct(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">The section is wrong.</exception>
    public static PipelineOptions Read(IConfiguration configuration)
    {
        var options = new PipelineOptions();
        try
        {
            configuration.GetSection("Pipeline").Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"Pipeline: {e.Message}", e);
        }

        return options switch
        {
            { Sources.Count: 0 } => throw new InvalidDataException("Pipeline:Sources: expected paths, or - for standard input, found none. Usage: logpipe [FILE.json] [--KEY=VALUE ...]"),
            _ when options.Sources.Any(string.IsNullOrWhiteSpace) => throw new InvalidDataException("Pipeline:Sources: expected paths, or - for standard input, found an empty one."),
            { Sinks.Count: 0 } => throw new InvalidDataException("Pipeline:Sinks: expected the ids of plugins that are sinks, found none."),
            { BatchSize: < 1 or > 65536 } => throw new InvalidDataException($"Pipeline:BatchSize: expected 1 to 65536, found {options.BatchSize}."),
            _ => options,
        };
    }
}
