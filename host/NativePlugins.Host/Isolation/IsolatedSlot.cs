using NativePlugins.Host.Calls;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>The way to a service of a plugin in a worker: a table whose functions forward the calls.</summary>
internal sealed class IsolatedSlot(ICallTarget target, string id, IsolatedService service) : TableSlot(target, id, service, service.Table)
{
    public override bool IsElsewhere => true;

    public override void Bind(OpenedService service) => Bind(service, ((IsolatedService)service).Table);
}
