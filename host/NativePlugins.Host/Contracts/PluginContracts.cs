using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host;

/// <summary>The contracts that the application holds of one plugin: one proxy each, also across reloads. Thread-safe.</summary>
internal sealed class PluginContracts
{
    private readonly Lock _lock = new();
    private volatile Dictionary<Type, object> _proxies = [];

    /// <summary>The proxy for a contract, or null if there is none yet.</summary>
    public T? Find<T>()
        where T : class, IPluginContract<T> =>
        _proxies.TryGetValue(typeof(T), out object? proxy) ? (T)proxy : null;

    /// <summary>Makes the proxy for a contract. Only while the generation stays.</summary>
    /// <exception cref="PluginContractMismatchException">The plugin's table is another.</exception>
    public T Bind<T>(PluginDescription plugin, PluginService service)
        where T : class, IPluginContract<T>
    {
        lock (_lock)
        {
            if (Find<T>() is { } known)
            {
                return known;
            }

            int minor = Check(plugin, service.Table, T.Descriptor, leastMinor: 0);
            var turns = ContractTurns.For(T.Descriptor);
            var side = new PluginContractSide(plugin);
            T proxy = T.CreateProxy<PluginContractLink, PluginServiceLease>(new PluginContractLink(service, side), turns, minor);
            Func<nint, PluginException?>? before = service.ContractCheck;
            service.ContractCheck = table => before?.Invoke(table) ?? Refusal(plugin, table, T.Descriptor, minor);
            _proxies = new Dictionary<Type, object>(_proxies) { [typeof(T)] = proxy };
            return proxy;
        }
    }

    /// <summary>Why a table cannot take the place of the one that a proxy was made for; null when it can.</summary>
    private static PluginContractMismatchException? Refusal(
        PluginDescription plugin, nint table, ContractDescriptor contract, int leastMinor)
    {
        try
        {
            Check(plugin, table, contract, leastMinor);
            return null;
        }
        catch (PluginContractMismatchException e)
        {
            return e;
        }
    }

    private static int Check(PluginDescription plugin, nint table, ContractDescriptor contract, int leastMinor)
    {
        ContractMismatch? mismatch = ContractTable.Check(table, contract, out int minor);
        if (mismatch is null && minor < leastMinor)
        {
            mismatch = new ContractMismatch(
                "", $"version {contract.Major}.{leastMinor} or later, which the application uses", $"version {contract.Major}.{minor}");
        }

        return mismatch is null ? minor : throw PluginFailures.ContractMismatch(plugin, contract.ServiceId, mismatch);
    }
}
