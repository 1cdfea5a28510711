using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5106: the worker was not started. See <see cref="PluginErrors.WorkerStart"/>.</summary>
public sealed class PluginWorkerStartException : PluginException
{
    internal PluginWorkerStartException(PluginFailure failure)
        : base(PluginErrors.WorkerStart, failure)
    {
    }
}
