using System.Runtime.CompilerServices;

namespace NativePlugins.Sdk.Interop;

/// <summary>
/// An exception that nothing catches on a thread of the plugin's own ends the process, and the host with it. This says
/// so in the log of every host that has an instance, before it happens.
/// </summary>
internal static class UnhandledExceptions
{
    private static readonly List<HostTable> s_hosts = [];
    private static bool s_isSubscribed;

    public static void Watch(HostTable host)
    {
        lock (s_hosts)
        {
            s_hosts.Add(host);

            // Under a JIT the plugin shares its runtime with the application, whose event this is: it would report the application's exceptions.
            if (!s_isSubscribed && !PluginRuntimeKind.IsShared)
            {
                s_isSubscribed = true;
                AppDomain.CurrentDomain.UnhandledException += static (_, what) => Report(what.ExceptionObject as Exception);
            }
        }
    }

    public static void Forget(HostTable host)
    {
        lock (s_hosts)
        {
            s_hosts.Remove(host);
        }
    }

    internal static void Report(Exception? exception)
    {
        HostTable[] hosts;
        lock (s_hosts)
        {
            hosts = [.. s_hosts];
        }

        foreach (HostTable host in hosts)
        {
            LogService.Write(
                host,
                PluginLogLevel.Critical,
                category: "",
                "An exception that nothing catches ends the process. Catch it on the thread that it is thrown on.",
                exception,
                eventId: 0);
        }
    }
}
