using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Services;

/// <summary>The contracts of one plugin that the application holds: one proxy for each, also across reloads. Thread-safe.</summary>
/// <param name="limits">How much data a call may bring.</param>
/// <param name="objects">The objects of the instance that serves now.</param>
internal sealed class PluginContracts(PluginDataLimits limits, Func<ContractObjects> objects)
{
    private readonly Lock _lock = new();
    private volatile Dictionary<Type, object> _contracts = [];

    /// <summary>The proxy for a contract, or null if there is none yet.</summary>
    public T? Find<T>()
        where T : class, IPluginContract<T> =>
        FindEntry<T>()?.Bound.Proxy;

    /// <summary>Begins a lease of a contract whose proxy there is.</summary>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    public PluginLease<T> Lease<T>()
        where T : class, IPluginContract<T>
    {
        Entry<T> entry = FindEntry<T>()!;
        return entry.Slot switch
        {
            TableSlot table => table.Lease(entry.Bound),
            _ => throw NoWay(entry.Slot),
        };
    }

    /// <summary>Makes the proxy for a contract. Only while the generation does not change.</summary>
    /// <exception cref="PluginContractMismatchException">The plugin's service follows another contract.</exception>
    public T Bind<T>(PluginDescription plugin, ServiceSlot slot)
        where T : class, IPluginContract<T>
    {
        lock (_lock)
        {
            if (Find<T>() is { } known)
            {
                return known;
            }

            if (FindRefusal(plugin, slot.Service, T.Descriptor, leastMinor: 0, out int minor) is { } mismatch)
            {
                throw mismatch;
            }

            var side = new PluginContractSide(plugin, limits, objects, slot.IsElsewhere);
            var turns = ContractTurns.For(T.Descriptor);
            T proxy = slot switch
            {
                TableSlot table => table.CreateProxy<T>(side, turns, minor),
                _ => throw NoWay(slot),
            };
            Func<OpenedService, PluginException?>? before = slot.Check;
            slot.Check = service => before?.Invoke(service) ?? FindRefusal(plugin, service, T.Descriptor, minor, out _);
            if (proxy is IContractEvents subscribed)
            {
                CarryEvents(slot, subscribed, T.Descriptor.ServiceId);
            }

            _contracts = new Dictionary<Type, object>(_contracts) { [typeof(T)] = new Entry<T>(slot, new BoundContract<T>(proxy, side, turns, minor)) };
            return proxy;
        }
    }

    private static void CarryEvents(ServiceSlot slot, IContractEvents proxy, string contract)
    {
        Func<OpenedService, ContractSide, Action>? before = slot.Renew;
        slot.Renew = (service, side) =>
        {
            Action? commit = before?.Invoke(service, side);
            commit += proxy.Events is { } events && service is InProcessService { Table: var table } ? events.Renew(table, side, contract) : static () => { };
            return commit;
        };
    }

    private Entry<T>? FindEntry<T>()
        where T : class, IPluginContract<T> =>
        _contracts.TryGetValue(typeof(T), out object? entry) ? (Entry<T>)entry : null;

    private static NotSupportedException NoWay(ServiceSlot slot) => new($"There are no proxies for {slot.GetType().Name}.");

    /// <summary>Why a service cannot be called by the contract, or lacks the minor version that the proxy needs; null if it can.</summary>
    private static PluginContractMismatchException? FindRefusal(
        PluginDescription plugin, OpenedService service, ContractDescriptor contract, int leastMinor, out int minor)
    {
        ContractMismatch? mismatch = service.Check(contract, out minor);
        if (mismatch is null && minor < leastMinor)
        {
            mismatch = new ContractMismatch(
                "", $"version {contract.Major}.{leastMinor} or later, which the application uses", $"version {contract.Major}.{minor}");
        }

        return mismatch is null ? null : CallFailures.ContractMismatch(plugin, contract.ServiceId, mismatch);
    }

    private sealed record Entry<T>(ServiceSlot Slot, BoundContract<T> Bound)
        where T : class, IPluginContract<T>;
}
