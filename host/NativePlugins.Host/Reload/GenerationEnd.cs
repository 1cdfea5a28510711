using Microsoft.Extensions.Logging;
using NativePlugins.Abi;

namespace NativePlugins.Host;

/// <summary>Takes a generation out of use that serves no call: stop, trim, destroy, close.</summary>
internal sealed class GenerationEnd(Plugin plugin, MappedGenerations mapped, PluginHostOptions options, ILogger logger)
{
    private const string MemoryId = "np.memory/1";

    /// <summary>Throws nothing: a generation that does not go is left in quarantine.</summary>
    public PluginRetirement Retire(PluginGeneration generation, bool isStarted)
    {
        PluginRetirement retirement;
        try
        {
            retirement = End(generation, isStarted);
        }
        catch (PluginLoaderHeldException e)
        {
            retirement = Quarantine(generation, e);
        }

        mapped.Retired(generation, retirement.Image);
        return retirement;
    }

    private PluginRetirement End(PluginGeneration generation, bool isStarted)
    {
        LoadedParts parts = generation.Parts;
        string id = parts.Description.Id;
        string? error = null;
        if (isStarted)
        {
            if (!TryCall(generation, "stop", parts.Instance.Stop, out int status, out PluginRemoteError? reported))
            {
                return Quarantine(generation);
            }

            if (status != np.NP_OK)
            {
                error = (reported ?? new PluginRemoteError(status, "", "", "")).Describe();
                Log.StopReported(logger, id, error);
            }
        }

        if (!TryCall(generation, "trim", _ => Trim(generation), out _, out _))
        {
            return Quarantine(generation);
        }

        if (!TryCall(generation, "destroy", _ => parts.Instance.Destroy(), out int destroyed, out _))
        {
            return Quarantine(generation);
        }

        if (destroyed != np.NP_OK)
        {
            Log.DestroyReported(logger, id, StatusNames.Describe(destroyed));
        }

        return new PluginRetirement(generation.Number, parts.Retire(options.LifecycleDeadline, logger), error);
    }

    private bool TryCall(
        PluginGeneration generation, string step, Func<CallFrame, int> call, out int status, out PluginRemoteError? error) =>
        LifecycleCall.TryRun(generation, step, call, options, logger, out status, out error);

    // What is about to be unmapped need not give anything back first.
    private static int Trim(PluginGeneration generation)
    {
        if (generation.Parts.Image.IsPinned
            && generation.Parts.Instance.GetService(MemoryId, out nint table) == np.NP_OK && NativeState.IsMemory(table))
        {
            return NativeState.Trim(table);
        }

        return np.NP_OK;
    }

    private PluginRetirement Quarantine(PluginGeneration generation) => Quarantine(generation, PluginFailures.DeadlinePassed(
        plugin.LibraryPath, generation.Parts.Description.Id, generation.StuckIn!, options.LifecycleDeadline,
        $"generation {generation.Number} is in quarantine"));

    private PluginRetirement Quarantine(PluginGeneration generation, PluginException e)
    {
        generation.Parts.Image.Pin();
        Log.RetireFailed(logger, generation.Parts.Description.Id, generation.Number, e);
        return new PluginRetirement(generation.Number, PluginRetiredImage.Quarantined, e.Summary);
    }
}
