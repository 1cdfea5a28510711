using NativePlugins.Host;

namespace NativePlugins.Storm;

/// <summary>What each operation may throw: what its documentation says, of what can happen in this storm.</summary>
internal static class StormExceptions
{
    /// <summary>What comes of a fault that a plugin was told to have, or of a file that is being replaced.</summary>
    private static readonly Type[] s_refusals =
        [typeof(PluginCreateFailedException), typeof(PluginConfigurationException), typeof(PluginStartFailedException), typeof(PluginSourceChangedException)];

    public static bool AreDocumented(string operation, Exception e) => operation.Split(',')[0] switch
    {
        "load" => s_refusals.Contains(e.GetType()) || e is ObjectDisposedException || IsCancelled(operation, e),
        "reload" => s_refusals.Contains(e.GetType()) || IsOfState(e) || e is PluginNotReloadableException || IsCancelled(operation, e),
        "run" => e is PluginStateException or PluginReloadingException or OperationCanceledException,
        "start" => IsOfState(e) || e is PluginStartFailedException,
        "stop" => IsOfState(e),
        "find a service" => e is PluginStateException or PluginReloadingException,
        _ => false,
    };

    private static bool IsOfState(Exception e) => e is PluginStateException or PluginBusyException;

    private static bool IsCancelled(string operation, Exception e) =>
        e is OperationCanceledException && operation.EndsWith("cancelled", StringComparison.Ordinal);
}
