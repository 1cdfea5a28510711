using Microsoft.Extensions.Logging;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Lifecycle;

/// <summary>One call into a generation that may hang. It runs on a thread of the host, under the lifecycle deadline.</summary>
internal static class LifecycleCall
{
    /// <summary>
    /// Returns false if the deadline has passed. Then the call goes on, the generation is stuck, and no other such call may be made to it.
    /// </summary>
    public static bool TryRun<T>(PluginGeneration generation, string step, Func<T> call, TimeSpan deadline, ILogger logger, out T result)
    {
        T? returned = default;
        bool isInTime = generation.StuckIn is null && LifecycleThread.TryRun(
            () => returned = call(), deadline, () => ReportLate(generation, step, logger), generation.Parts.Instance.IsElsewhere);
        if (!isInTime)
        {
            generation.StuckIn ??= step;
        }

        // The result of a call that was given up belongs to no caller any more.
        result = isInTime ? returned! : default!;
        return isInTime;
    }

    // Where the deadline ends the instance's process, that ends the call too: it is no answer.
    private static void ReportLate(PluginGeneration generation, string step, ILogger logger)
    {
        if (generation.Parts.Instance.Failure is null)
        {
            Log.AnsweredLate(logger, generation.Parts.Description.Id, step);
        }
    }

    /// <summary>
    /// The same for a question to a generation that takes another's place, or gives its own up. Returns or throws what
    /// <paramref name="ask"/> does.
    /// </summary>
    /// <exception cref="PluginDeadlineException">It did not answer in time; the generation is stuck.</exception>
    public static T Ask<T>(PluginLifecycle lifecycle, PluginGeneration generation, string step, Func<T> ask) =>
        TryRun(generation, step, ask, lifecycle.Options.LifecycleDeadline, lifecycle.Logger, out T answer)
            ? answer
            : throw PluginFailures.Unanswered(generation, lifecycle.Current.Number, lifecycle.Options.LifecycleDeadline);
}
