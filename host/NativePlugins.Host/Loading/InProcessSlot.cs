using NativePlugins.Host.Calls;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Loading;

/// <summary>The way to a service of a plugin in this process.</summary>
internal sealed class InProcessSlot : TableSlot
{
    public InProcessSlot(ICallTarget target, string id, InProcessService service)
        : base(target, id, service, service.Table) => Public = new PluginService(this);

    /// <summary>The same service for the application, which may use the table itself.</summary>
    public PluginService Public { get; }

    public override void Bind(OpenedService service) => Bind(service, ((InProcessService)service).Table);
}
