using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>Runs three plugins, one of which uses the console, and then waits for Ctrl-C or SIGTERM as host does.</summary>
internal static class WaitForSignal
{
    public static int Run(string stopFile, string[] libraries)
    {
        using var host = new PluginHost(new PluginHostOptions
        {
            Configuration = new ConfigurationBuilder()
                .AddInMemoryCollection([new("Plugins:probe:StopFile", stopFile)]).Build(),
        });
        int exitCode = 0;
        using var signalled = new ManualResetEventSlim();
        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            exitCode = context.Signal == PosixSignal.SIGINT ? 130 : 143;
            signalled.Set();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        foreach (string library in libraries)
        {
            host.Load(library);
        }

        foreach (Plugin plugin in host.Plugins)
        {
            plugin.RunCommand(["console"], Console.Out, Console.Error);
            plugin.RunCommand(["null-reference"], Console.Out, Console.Error);
        }

        Console.WriteLine("ready");
        signalled.Wait();
        return exitCode;
    }
}
