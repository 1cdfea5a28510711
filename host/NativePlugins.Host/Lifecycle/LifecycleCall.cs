using Microsoft.Extensions.Logging;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Lifecycle;

/// <summary>One call into a generation that may hang, on a thread of the host's, under the lifecycle deadline.</summary>
internal static class LifecycleCall
{
    /// <summary>
    /// Returns false when the deadline has passed: then the call goes on, the generation is stuck, and no other such call
    /// may be made to it.
    /// </summary>
    public static bool TryRun<T>(PluginGeneration generation, string step, Func<T> call, TimeSpan deadline, ILogger logger, out T result)
    {
        T? returned = default;
        bool isInTime = generation.StuckIn is null && LifecycleThread.TryRun(
            () => returned = call(), deadline, () => Log.AnsweredLate(logger, generation.Parts.Description.Id, step));
        if (!isInTime)
        {
            generation.StuckIn ??= step;
        }

        // What a call returns that was given up is nobody's any more.
        result = isInTime ? returned! : default!;
        return isInTime;
    }

    /// <summary>
    /// The same for what is asked of a generation that takes the place of another, or gives it up: returns or throws what
    /// <paramref name="ask"/> does.
    /// </summary>
    /// <exception cref="PluginDeadlineException">It did not answer in time; the generation is stuck.</exception>
    public static T Ask<T>(PluginLifecycle lifecycle, PluginGeneration generation, string step, Func<T> ask) =>
        TryRun(generation, step, ask, lifecycle.Options.LifecycleDeadline, lifecycle.Logger, out T answer)
            ? answer
            : throw PluginFailures.Unanswered(generation, lifecycle.Current.Number, lifecycle.Options.LifecycleDeadline);
}
