using System.Diagnostics;

namespace NativePlugins.Host.Services;

/// <summary>The activities in which calls into a plugin run, by traceparent. Thread-safe.</summary>
internal sealed class CallerActivities
{
    private static volatile bool s_canExist = true;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Caller> _callers = new(StringComparer.Ordinal);

    /// <summary>Makes the current activity known until <see cref="Leave"/>. Returns its traceparent; null if there is no activity.</summary>
    public string? Join()
    {
        Activity? activity = Current();
        if (activity?.Id is not string id || activity.IdFormat != ActivityIdFormat.W3C)
        {
            return null;
        }

        lock (_lock)
        {
            int calls = _callers.TryGetValue(id, out Caller caller) ? caller.Calls : 0;
            _callers[id] = new Caller(activity, calls + 1);
        }

        return id;
    }

    /// <summary>Ends what <see cref="Join"/> began. Other calls in the same activity may go on.</summary>
    public void Leave(string? traceParent)
    {
        if (traceParent is null)
        {
            return;
        }

        lock (_lock)
        {
            if (!_callers.Remove(traceParent, out Caller caller) || caller.Calls == 1)
            {
                return;
            }

            _callers[traceParent] = caller with { Calls = caller.Calls - 1 };
        }
    }

    /// <summary>The activity of a call that is still running, or null.</summary>
    public Activity? Find(string traceParent)
    {
        if (traceParent.Length == 0)
        {
            return null;
        }

        lock (_lock)
        {
            return _callers.TryGetValue(traceParent, out Caller caller) ? caller.Activity : null;
        }
    }

    // Activity's type initializer draws a random number, which fails in a root directory without /dev/urandom. Then there can be
    // no activity, but a plugin shall run all the same.
    private static Activity? Current()
    {
        try
        {
            return s_canExist ? Activity.Current : null;
        }
        catch (TypeInitializationException)
        {
            s_canExist = false;
            return null;
        }
    }

    private readonly record struct Caller(Activity Activity, int Calls);
}
