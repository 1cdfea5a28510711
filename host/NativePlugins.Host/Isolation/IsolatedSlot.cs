using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Isolation;

/// <summary>The place in which the application holds a service of a plugin in a worker.</summary>
internal sealed class IsolatedSlot(string id, OpenedService service) : ServiceSlot(id)
{
    private volatile OpenedService _service = service;

    public override OpenedService Service => _service;

    public override void Bind(OpenedService service) => _service = service;
}
