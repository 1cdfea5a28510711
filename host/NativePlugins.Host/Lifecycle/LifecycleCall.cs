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
        if (generation.IsStuck)
        {
            return false;
        }

        CallFrame frame = CallFrame.Rent(sink);
        int returned = 0;
        bool isInTime = LifecycleThread.TryRun(
            () => returned = call(frame),
            options.LifecycleDeadline,
            () => Log.AnsweredLate(logger, generation.Parts.Description.Id, step));
        if (!isInTime)
        {
            generation.IsStuck = true;
            return false;
        }

        status = returned;
        error = frame.Return();
        return true;
    }
}
