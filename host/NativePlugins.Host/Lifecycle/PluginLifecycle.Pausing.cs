namespace NativePlugins.Host.Lifecycle;

/// <content>What is done to a plugin while calls wait.</content>
internal sealed partial class PluginLifecycle
{
    /// <summary>
    /// Does some work while no call is inside the plugin and new ones wait, if the plugin is started, there, and free in time. While somebody holds it, as
    /// by a lease, no call waits for that.
    /// </summary>
    /// <param name="patience">How long calls wait.</param>
    /// <param name="limit">How long to wait for calls in flight.</param>
    /// <param name="work">The work.</param>
    /// <returns>False if calls have waited for nothing: the work was not done. True if it was done, or nobody has waited.</returns>
    public bool WhilePaused(TimeSpan patience, TimeSpan limit, Action<PluginGeneration> work)
    {
        lock (_lock)
        {
            if (State != PluginState.Started || _isEnding || !_current.Holds.IsZero)
            {
                return true;
            }

            Gate.Pause(patience);
            try
            {
                if (!Gate.WaitUntilEmpty(limit, _current.Holds, () => _isEnding))
                {
                    return false;
                }

                work(_current);
                return true;
            }
            finally
            {
                // A step that has not returned in time closes it for good.
                if (_state == PluginState.Started)
                {
                    OpenGate();
                }
            }
        }
    }
}
