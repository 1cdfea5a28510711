using Microsoft.Extensions.Logging;
using NativePlugins.Abi;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Lifecycle;

/// <summary>Logs the errors of a plugin that is being ended. It ends all the same.</summary>
internal static class EndReports
{
    /// <summary>Logs what a stop has reported. A process that has ended by itself was reported when it did.</summary>
    /// <returns>The error, or null.</returns>
    public static string? OfStop(ILogger logger, string pluginId, in CallResult stopped)
    {
        if (stopped.Failure is { } ended)
        {
            return ended.Summary;
        }

        if (stopped.Status == np.NP_OK)
        {
            return null;
        }

        string error = (stopped.Error ?? new PluginRemoteError(stopped.Status, "", "", "")).Describe();
        Log.StopReported(logger, pluginId, error);
        return error;
    }

    /// <summary>Logs what a destroy has reported.</summary>
    public static void OfDestroy(ILogger logger, string pluginId, in CallResult destroyed)
    {
        if (destroyed is { Failure: null, Status: not np.NP_OK })
        {
            Log.DestroyReported(logger, pluginId, StatusNames.Describe(destroyed.Status));
        }
    }
}
