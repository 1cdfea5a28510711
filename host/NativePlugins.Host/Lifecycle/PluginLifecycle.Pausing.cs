using NativePlugins.Host.Calls;

namespace NativePlugins.Host.Lifecycle;

/// <content>What is done to a plugin while calls wait.</content>
internal sealed partial class PluginLifecycle
{
    /// <summary>
    /// Closes the gate, drains, lets the candidate take over, makes it the current generation and opens the gate. If that fails, the gate
    /// opens for the old generation.
    /// </summary>
    /// <param name="candidate">The new generation. It is in the same state as the current one.</param>
    /// <param name="expected">The plugin's state when the reload began.</param>
    /// <param name="patience">How long calls that arrive may wait.</param>
    /// <param name="begin">Called at the beginning of each step.</param>
    /// <param name="migrate">Called while no call is inside.</param>
    /// <returns>The generation that was replaced. Its state is unchanged.</returns>
    public PluginGeneration Replace(
        PluginGeneration candidate, PluginState expected, TimeSpan patience, Action<ReplaceStep> begin, Action migrate)
    {
        lock (_lock)
        {
            begin(ReplaceStep.Drain);
            Require(expected);
            PluginGeneration old = _current;
            bool isStarted = expected == PluginState.Started;
            if (isStarted)
            {
                Gate.Pause(patience);
            }

            try
            {
                if (isStarted && !Gate.WaitUntilEmpty(options.DrainDeadline, old.Holds, () => _isEnding))
                {
                    throw _isEnding ? PluginFailures.ReplacementEnded(Description) : PluginFailures.NotReplaced(Description, options.DrainDeadline);
                }

                begin(ReplaceStep.Migrate);
                migrate();
                begin(ReplaceStep.Commit);
                _current = candidate;
            }
            finally
            {
                if (isStarted)
                {
                    Gate.Open(opened: () => begin(ReplaceStep.End));
                }
                else
                {
                    begin(ReplaceStep.End);
                }
            }

            return old;
        }
    }

    /// <summary>Does some work while no call is inside the plugin and new ones wait, if the plugin is started, there, and free in time.</summary>
    /// <param name="patience">How long calls wait.</param>
    /// <param name="limit">How long to wait for calls in flight.</param>
    /// <param name="work">The work.</param>
    public void WhilePaused(TimeSpan patience, TimeSpan limit, Action<PluginGeneration> work)
    {
        lock (_lock)
        {
            if (State != PluginState.Started || _isEnding)
            {
                return;
            }

            Gate.Pause(patience);
            try
            {
                if (Gate.WaitUntilEmpty(limit, _current.Holds, () => _isEnding))
                {
                    work(_current);
                }
            }
            finally
            {
                // A step that has not returned in time closes it for good.
                if (_state == PluginState.Started)
                {
                    Gate.Open();
                }
            }
        }
    }
}
