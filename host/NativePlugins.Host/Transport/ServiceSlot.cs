using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Transport;

/// <summary>
/// The place in which the application holds a service of a plugin. It leads to the generation that serves, before and after a reload. Each
/// kind of slot has its own way for a call to get from here to the plugin, and to enter and leave it.
/// </summary>
/// <remarks>
/// Each kind makes proxies of contracts, by a generic method that is not virtual: NativeAOT does not find the instance of a generic
/// virtual method over an interface with static members (.NET 10). <c>PluginContracts</c> knows the kinds.
/// </remarks>
internal abstract class ServiceSlot(string id)
{
    /// <summary>The service's id, <c>namespace.name/major</c>.</summary>
    public string Id => id;

    /// <summary>Whether calls reach another process.</summary>
    public virtual bool IsElsewhere => false;

    /// <summary>The service that calls reach.</summary>
    public abstract OpenedService Service { get; }

    /// <summary>
    /// Checks whether another service can take this one's place: returns why it cannot, or null if it can. Null if nothing relies on more
    /// than the id.
    /// </summary>
    public Func<OpenedService, PluginException?>? Check { get; set; }

    /// <summary>
    /// Carries what the application has in the service over to another one: adds handlers of events again. Called before <see cref="Bind"/>, while
    /// no call is inside, with this side of calls to the other's instance; it returns what is to be done once nothing can fail any more. Null if
    /// there is nothing to carry.
    /// </summary>
    public Func<OpenedService, ContractSide, Action>? Renew { get; set; }

    /// <summary>Leads to another generation's service from now on. Only while no call is inside.</summary>
    public abstract void Bind(OpenedService service);
}
