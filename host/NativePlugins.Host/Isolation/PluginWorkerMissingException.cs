using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5101: the worker's executable was not found. See <see cref="PluginErrors.WorkerMissing"/>.</summary>
public sealed class PluginWorkerMissingException : PluginException
{
    internal PluginWorkerMissingException(PluginFailure failure)
        : base(PluginErrors.WorkerMissing, failure)
    {
    }
}
