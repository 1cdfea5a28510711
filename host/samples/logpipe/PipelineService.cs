using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NativePlugins.Extensions.Hosting;

namespace LogPipe;

/// <summary>
/// Reads the sources and runs the pipeline, until all sources have ended or the application is stopped. Either way, what was read goes
/// through the pipeline to its end: plugins are stopped after this service.
/// </summary>
internal sealed class PipelineService(
    PipelineOptions options, HostedPlugins plugins, Tally tally, IHostApplicationLifetime application, ILogger<PipelineService> log) : BackgroundService
{
    private Pipeline? _pipeline;

    // A plugin that lacks the contract keeps the host from starting.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _pipeline = new Pipeline(options, plugins, tally, log);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var lines = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(4 * options.BatchSize) { SingleReader = true });
            Task reading = ReadAll(lines.Writer, stoppingToken);
            await _pipeline!.RunAsync(lines.Reader);
            await reading;
            tally.IsComplete = true;
        }
        finally
        {
            Log.End(log, tally);
            application.StopApplication();
        }
    }

    private async Task ReadAll(ChannelWriter<LogLine> lines, CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(options.Sources.Select(source => Task.Run(() => Read(source, lines, stoppingToken), CancellationToken.None)));
        }
        finally
        {
            lines.Complete();
        }
    }

    private async Task Read(string source, ChannelWriter<LogLine> lines, CancellationToken stoppingToken)
    {
        try
        {
            await using var reader = new LineReader(source, options.Follow);
            await reader.ReadAsync(lines, stoppingToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tally.HasFailed = true;
            Log.NotRead(log, source, e.Message);
        }
    }
}
