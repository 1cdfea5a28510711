namespace NativePlugins.Host.Reload;

/// <summary>How long to wait before the next restart, and whether there is one. Used under the lock of its owner.</summary>
internal sealed class RestartBudget(PluginRestartOptions options, TimeProvider time)
{
    private readonly Queue<long> _restarts = new();

    /// <summary>Takes one restart; null if there were enough.</summary>
    public TimeSpan? Take()
    {
        long now = time.GetTimestamp();
        while (_restarts.TryPeek(out long first) && time.GetElapsedTime(first, now) >= options.Window)
        {
            _restarts.Dequeue();
        }

        int before = _restarts.Count;
        if (before >= options.MaxRestarts)
        {
            return null;
        }

        _restarts.Enqueue(now);
        return before == 0 ? TimeSpan.Zero
            : TimeSpan.FromTicks((long)Math.Min(options.MaxDelay.Ticks, options.Delay.Ticks * Math.Pow(2, before - 1)));
    }
}
