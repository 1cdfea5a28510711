// An application with Microsoft.Extensions.Hosting and native plugins. Its plugins come from its configuration, for example
// --NativePlugins:Directories:0=DIR --NativePlugins:Required:hello_world=">= 1.0".
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NativePlugins.HostingApplication;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddNativePlugins(options => options.Require("hello_world"));
builder.Services.AddHealthChecks().AddNativePlugins();
builder.Services.AddHostedService<Greeter>();
return await builder.Build().RunForExitStatusAsync();
