// Reads logs, and passes each line through a pipeline of plugins: docs/logpipe.md. The configuration names the plugins; they are loaded
// when the host starts, and replaced by new builds while lines flow.
using LogPipe;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

HostApplicationBuilder builder;
PipelineOptions options;
try
{
    builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
    if (args is [var file, ..] && !file.StartsWith("--", StringComparison.Ordinal))
    {
        builder.Configuration.AddJsonFile(Path.GetFullPath(file)).AddCommandLine(args);
    }

    options = PipelineOptions.Read(builder.Configuration);
}
catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or FormatException)
{
    // Where a file of the configuration is wrong, the innermost exception says it.
    string cause = e.GetBaseException().Message;
    Console.Error.WriteLine($"logpipe: {e.Message}{(e.Message.Contains(cause, StringComparison.Ordinal) ? "" : $" {cause}")}");
    return PipelineOptions.BadConfiguration;
}

// Standard output is for sinks.
builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddNativePlugins(plugins => options.Plugins.ToList().ForEach(id => plugins.Require(id)));

var tally = new Tally();
builder.Services.AddSingleton(options).AddSingleton(tally).AddHostedService<PipelineService>();
int status = await builder.Build().RunForExitStatusAsync();
return status != 0 ? status : tally.ExitStatus;
