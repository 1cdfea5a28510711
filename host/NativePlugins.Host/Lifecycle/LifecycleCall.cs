using Microsoft.Extensions.Logging;

namespace NativePlugins.Host;

/// <summary>One call into a generation that may hang, on a thread of the host's, under the lifecycle deadline.</summary>
internal static class LifecycleCall
{
    /// <summary>
    /// Returns false when the deadline has passed: then the call goes on, the generation is stuck, and no other such call
    /// may be made to it.
    /// </summary>
    public static bool TryRun(
        PluginGeneration generation, string step, Func<CallFrame, int> call, PluginHostOptions options, ILogger logger,
        out int status, out PluginRemoteError? error, CommandCall? sink = null)
    {
        status = 0;
        error = null;
        if (generation.StuckIn is not null)
        {
            return false;
        }

        CallFrame frame = CallFrame.Rent(sink);
        int returned = 0;
        bool isInTime;
        try
        {
            isInTime = LifecycleThread.TryRun(
                () => returned = call(frame),
                options.LifecycleDeadline,
                () => Log.AnsweredLate(logger, generation.Parts.Description.Id, step));
        }
        catch
        {
            frame.Return();
            throw;
        }

        if (!isInTime)
        {
            generation.StuckIn = step;
            return false;
        }

        status = returned;
        error = frame.Return();
        return true;
    }

    /// <summary>
    /// The same for what is asked of a generation that takes the place of another, or gives it up: returns or throws what
    /// <paramref name="ask"/> does.
    /// </summary>
    /// <exception cref="PluginDeadlineException">It did not answer in time; the generation is stuck.</exception>
    public static T Ask<T>(Plugin plugin, PluginGeneration generation, string step, Func<T> ask, PluginHostOptions options, ILogger logger)
    {
        T? answer = default;
        bool isInTime = generation.StuckIn is null && LifecycleThread.TryRun(
            () => answer = ask(),
            options.LifecycleDeadline,
            () => Log.AnsweredLate(logger, generation.Parts.Description.Id, step));
        if (isInTime)
        {
            return answer!;
        }

        generation.StuckIn ??= step;
        throw ReloadFailures.Unanswered(plugin, generation, options.LifecycleDeadline);
    }
}
