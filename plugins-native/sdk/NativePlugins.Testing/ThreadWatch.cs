using System.Globalization;

namespace NativePlugins.Testing;

/// <summary>
/// Knows which threads run code of one instance. A mark in the execution context flows into every thread, task and timer that
/// the plugin starts, and the runtime says when a thread takes it up and lays it down.
/// </summary>
internal sealed class ThreadWatch
{
    private static readonly AsyncLocal<ThreadWatch?> s_current = new(OnChanged);

    private readonly Dictionary<int, string> _running = [];

    public int Count
    {
        get
        {
            lock (_running)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>Calls into the plugin.</summary>
    public T Run<T>(Func<T> call)
    {
        ThreadWatch? outer = s_current.Value;
        s_current.Value = this;
        try
        {
            return call();
        }
        finally
        {
            s_current.Value = outer;
        }
    }

    /// <summary>Waits until no thread runs the plugin's code, and returns those that still do.</summary>
    public IReadOnlyList<string> WaitForNone(TimeSpan timeout)
    {
        long deadline = Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        lock (_running)
        {
            while (_running.Count > 0 && deadline - Environment.TickCount64 is > 0 and var left)
            {
                Monitor.Wait(_running, TimeSpan.FromMilliseconds(left));
            }

            return [.. _running.Values];
        }
    }

    private static void OnChanged(AsyncLocalValueChangedArgs<ThreadWatch?> change)
    {
        if (change.PreviousValue != change.CurrentValue)
        {
            change.PreviousValue?.Leave();
            change.CurrentValue?.Enter();
        }
    }

    private void Enter()
    {
        Thread thread = Thread.CurrentThread;
        lock (_running)
        {
            _running[thread.ManagedThreadId] = string.Create(
                CultureInfo.InvariantCulture,
                $"{(thread.IsThreadPoolThread ? "a thread of the pool" : $"the thread {(thread.Name is { Length: > 0 } name ? $"'{name}'" : "without a name")}")} ({thread.ManagedThreadId})");
        }
    }

    private void Leave()
    {
        lock (_running)
        {
            _running.Remove(Environment.CurrentManagedThreadId);
            Monitor.PulseAll(_running);
        }
    }
}
