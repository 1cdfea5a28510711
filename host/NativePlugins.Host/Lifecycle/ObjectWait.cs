using NativePlugins.Host.Services;

namespace NativePlugins.Host.Lifecycle;

/// <summary>Waits for the application to dispose of the objects that it has of a plugin, as long as its deadline allows.</summary>
internal sealed class ObjectWait(InstanceObjects objects, TimeSpan deadline, Func<bool> giveUp)
{
    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMilliseconds(50);

    private readonly long _start = Environment.TickCount64;
    private bool _hasCollected;

    /// <summary>False if there are some at the deadline, or if it is to give up. Can be called again, with what is left of the time.</summary>
    public bool ForUnused()
    {
        while (objects.LiveCount > 0 && !objects.WaitUntilUnused(_hasCollected ? s_lookInterval : TimeSpan.Zero))
        {
            if (giveUp() || (deadline != Timeout.InfiniteTimeSpan && Environment.TickCount64 - _start >= deadline.TotalMilliseconds))
            {
                return false;
            }

            if (!_hasCollected)
            {
                // Those that nobody refers to any more are released by their finalizers.
                GC.Collect();
                _hasCollected = true;
            }
        }

        return true;
    }
}
