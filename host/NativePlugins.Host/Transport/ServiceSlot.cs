namespace NativePlugins.Host.Transport;

/// <summary>
/// Where the application holds a service of a plugin's: it leads to the generation that serves, before and after a reload. How a call gets
/// from here to the plugin, entering and leaving it, is what its kind is about.
/// </summary>
/// <remarks>
/// Each kind makes proxies of contracts, by a generic method that is not virtual: NativeAOT does not find the instance of a generic
/// virtual method over an interface with static members (.NET 10). <c>PluginContracts</c> knows the kinds.
/// </remarks>
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
}
