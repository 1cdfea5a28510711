using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5103: it is not the worker of this version. See <see cref="PluginErrors.WorkerMismatch"/>.</summary>
public sealed class PluginWorkerMismatchException : PluginException
{
    internal PluginWorkerMismatchException(PluginFailure failure)
        : base(PluginErrors.WorkerMismatch, failure)
    {
    }
}
