using NativePlugins.Host.Calls;

namespace NativePlugins.Host.Lifecycle;

/// <content>The switch from one generation to the next.</content>
internal sealed partial class PluginLifecycle
{
    /// <summary>
    /// Closes the gate, drains, lets the candidate take over, makes it the current generation and opens the gate. If that fails, the gate
    /// opens for the old generation.
    /// </summary>
    /// <param name="candidate">The new generation. It is in the same state as the current one.</param>
    /// <param name="expected">The plugin's state when the reload began.</param>
    /// <param name="patience">How long calls that arrive may wait.</param>
    /// <param name="waitsForObjects">Whether objects that the application has not disposed of keep the old generation.</param>
    /// <param name="begin">Called at the beginning of each step.</param>
    /// <param name="migrate">Called while no call is inside.</param>
    /// <returns>The generation that was replaced. Its state is unchanged.</returns>
    public PluginGeneration Replace(
        PluginGeneration candidate, PluginState expected, TimeSpan patience, bool waitsForObjects, Action<ReplaceStep> begin, Action migrate)
    {
        lock (_lock)
        {
            begin(ReplaceStep.Drain);
            Require(expected);
            PluginGeneration old = _current;
            bool isStarted = expected == PluginState.Started;
            try
            {
                if (isStarted)
                {
                    Drain(old, patience, waitsForObjects);
                }

                begin(ReplaceStep.Migrate);
                migrate();
                begin(ReplaceStep.Commit);
                old.Parts.Objects.Invalidate();
                _current = candidate;
            }
            finally
            {
                if (isStarted)
                {
                    OpenGate(opened: () => begin(ReplaceStep.End));
                }
                else
                {
                    begin(ReplaceStep.End);
                }
            }

            return old;
        }
    }

    /// <summary>Closes the gate for a while, and waits until no call is inside; and, if asked to, until no object is in use.</summary>
    private void Drain(PluginGeneration old, TimeSpan patience, bool waitsForObjects)
    {
        var wait = new ObjectWait(old.Parts.Objects, options.DrainDeadline, () => _isEnding);
        do
        {
            // The gate is open meanwhile, so that the objects can be used to their end.
            if (waitsForObjects && !wait.ForUnused())
            {
                throw _isEnding ? PluginFailures.ReplacementEnded(Description) : PluginFailures.ObjectsInUse(Description, old.Parts.Objects.LiveCount, options.DrainDeadline);
            }

            Gate.Pause(patience);
            if (!Gate.WaitUntilEmpty(options.DrainDeadline, old.Holds, () => _isEnding))
            {
                throw _isEnding ? PluginFailures.ReplacementEnded(Description) : PluginFailures.NotReplaced(Description, options.DrainDeadline);
            }

            if (!waitsForObjects || old.Parts.Objects.LiveCount == 0)
            {
                return;
            }

            OpenGate();
        }
        while (true);
    }
}
