using Microsoft.Extensions.Logging;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Reload;

/// <summary>Takes a generation that serves no calls out of use: stop, trim, destroy, close.</summary>
internal sealed class GenerationEnd(MappedGenerations mapped, TimeSpan deadline, ILogger logger)
{
    /// <summary>Throws nothing: if the generation cannot be ended, it is left in quarantine.</summary>
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
        PluginInstance instance = generation.Parts.Instance;
        string id = generation.Parts.Description.Id;
        string? error = null;
        if (isStarted)
        {
            generation.Parts.Objects.Invalidate();
            if (!TryCall(generation, "release", () => generation.Parts.Objects.ReleaseAll(waitsForCalls: true), out _))
            {
                return Quarantine(generation);
            }

            if (!TryCall(generation, "stop", instance.Stop, out CallResult stopped))
            {
                return Quarantine(generation);
            }

            error = EndReports.OfStop(logger, id, stopped);
        }

        generation.Parts.Objects.Abandon();

        if (!TryCall(generation, "trim", instance.Trim, out _) || !TryCall(generation, "destroy", instance.Destroy, out CallResult destroyed))
        {
            return Quarantine(generation);
        }

        EndReports.OfDestroy(logger, id, destroyed);
        generation.Parts.Objects.EndGiven(deadline);
        return new PluginRetirement(generation.Number, generation.Parts.Close(isReplaced: true, deadline, logger), error);
    }

    private bool TryCall<T>(PluginGeneration generation, string step, Func<T> call, out T result) =>
        LifecycleCall.TryRun(generation, step, call, deadline, logger, out result);

    private PluginRetirement Quarantine(PluginGeneration generation) => Quarantine(generation, PluginFailures.DeadlinePassed(
        generation.Parts.File.Path, generation.Parts.Description.Id, generation.StuckIn!, deadline,
        $"generation {generation.Number} is in quarantine"));

    private PluginRetirement Quarantine(PluginGeneration generation, PluginException e)
    {
        generation.Parts.Objects.Abandon();
        generation.Parts.Instance.Abandon();
        Log.RetireFailed(logger, generation.Parts.Description.Id, generation.Number, e);
        return new PluginRetirement(generation.Number, PluginRetiredImage.Quarantined, e.Summary);
    }
}
