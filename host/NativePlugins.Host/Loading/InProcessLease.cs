using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Calls;

namespace NativePlugins.Host.Loading;

/// <summary>A contract of a plugin in this process, whose gate the thread has entered for the life of a lease.</summary>
internal sealed class InProcessLease<T>(BoundContract<T> contract, nint table, nint errorSink) : LeasedContract<T>(contract, table, errorSink)
    where T : class, IPluginContract<T>
{
    protected override void Leave(ref int count) => new CallLease(ref count).Dispose();
}
