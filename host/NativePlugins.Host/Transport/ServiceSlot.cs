using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Transport;

/// <summary>
/// Where the application holds a service of a plugin's: it leads to the generation that serves, before and after a reload. How a call gets
/// from here to the plugin, entering and leaving it, is what its kind is about.
/// </summary>
internal abstract class ServiceSlot(string id)
{
    /// <summary>The service's id, <c>namespace.name/major</c>.</summary>
    public string Id => id;

    /// <summary>What calls reach.</summary>
    public abstract OpenedService Service { get; }

    /// <summary>
    /// What a service must fulfil to take this one's place; null when nothing relies on more than the id. It returns why
    /// the service cannot, or null when it can.
    /// </summary>
    public Func<OpenedService, PluginException?>? Check { get; set; }

    /// <summary>Leads to another generation's service from now on. Only while no call is inside.</summary>
    public abstract void Bind(OpenedService service);

    /// <summary>Makes what the application calls by a contract.</summary>
    /// <param name="side">What errors become.</param>
    /// <param name="turns">Whose turn it is, where a contract allows one call at a time.</param>
    /// <param name="minor">The minor version that <see cref="OpenedService.Check"/> has found.</param>
    public abstract T CreateProxy<T>(ContractSide side, ContractTurns? turns, int minor)
        where T : class, IPluginContract<T>;
}
