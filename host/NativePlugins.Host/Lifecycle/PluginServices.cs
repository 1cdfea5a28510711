using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using NativePlugins.Host.Calls;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Lifecycle;

/// <summary>The services of one plugin that the application has asked for. They stay across reloads. Thread-safe.</summary>
internal sealed class PluginServices(PluginLifecycle lifecycle)
{
    private readonly ConcurrentDictionary<string, ServiceSlot> _slots = new(StringComparer.Ordinal);

    /// <summary>The slots of all of them.</summary>
    public ICollection<ServiceSlot> Slots => _slots.Values;

    /// <summary>Finds a service by its id; false if the plugin does not have it.</summary>
    /// <exception cref="PluginFaultException">The plugin failed to answer.</exception>
    /// <exception cref="PluginDeadlineException">It did not answer in time.</exception>
    /// <exception cref="PluginStateException">The plugin is disposed or in quarantine.</exception>
    public bool TryFind(string id, [NotNullWhen(true)] out ServiceSlot? slot)
    {
        if (_slots.TryGetValue(id, out slot) && lifecycle.State == PluginState.Started)
        {
            return true;
        }

        bool isWithin = lifecycle.Gate.IsHeldByCurrentThread;
        slot = lifecycle.WhileAlive(generation => Open(generation, id, isWithin) is { } service
            ? _slots.GetOrAdd(id, static (key, found) => found.Instance.CreateSlot(found.Target, key, found.Service), (generation.Parts.Instance, Target: (ICallTarget)lifecycle, Service: service))
            : null);
        return slot is not null;
    }

    /// <summary>
    /// The service of one generation, or null. Asks on a thread with a deadline, unless the caller is inside the plugin already: such a
    /// caller may hold locks of the plugin that the answer needs.
    /// </summary>
    public OpenedService? Open(PluginGeneration generation, string id, bool isWithin)
    {
        if (!isWithin)
        {
            try
            {
                return LifecycleCall.Ask(lifecycle, generation, "get_service", () => generation.FindService(id));
            }
            catch (PluginLoaderHeldException)
            {
                // No thread can be started. Calls go on all the same.
            }
        }

        return generation.FindService(id);
    }
}
