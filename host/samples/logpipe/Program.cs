// Reads logs, and passes each line through a pipeline of plugins: docs/logpipe.md. The configuration names the plugins; they are loaded
// when the host starts, and replaced by new builds while lines flow.
using LogPipe;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var settings = new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory };
HostApplicationBuilder builder = Host.CreateApplicationBuilder(settings);
PipelineOptions options;
try
{
    if (args is [var file, ..] && !file.StartsWith("--", StringComparison.Ordinal))
    {
        builder.Configuration.AddJsonFile(Path.GetFullPath(file)).AddCommandLine(args);
    }

    options = PipelineOptions.Read(builder.Configuration);
}
catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
{
    Console.Error.WriteLine($"logpipe: {e.Message}");
    return PipelineOptions.BadConfiguration;
}

// Standard output is for sinks.
builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddNativePlugins(plugins => options.Plugins.ToList().ForEach(id => plugins.Require(id)));

var tally = new Tally();
builder.Services.AddSingleton(options).AddSingleton(tally).AddHostedService<PipelineService>();
int status = await builder.Build().RunForExitStatusAsync();
return status != 0 ? status : tally.ExitStatus;
