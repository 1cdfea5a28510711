using NativePlugins.Abi;
using NativePlugins.Testing.Interop;

namespace NativePlugins.Testing;

/// <summary>One instance of a plugin, called through its tables. Disposing it ends its life in the legal order.</summary>
/// <remarks>
/// <see cref="Run(string[])"/> and <see cref="TryGetService"/> may be called by several threads at once, the lifecycle by one at a time, as
/// native_plugins.h says. The plugin checks states itself: an illegal call is refused with NP_E_INVALID_STATE (-4).
/// </remarks>
public sealed class TestInstance : IDisposable
{
    private static readonly TimeSpan s_threadsMayTake = TimeSpan.FromSeconds(5);
    private readonly InstanceCalls _calls;
    private readonly ThreadWatch _watch;

    internal TestInstance(InstanceCalls calls, ThreadWatch watch)
    {
        _calls = calls;
        _watch = watch;
    }

    internal InstanceCalls Calls => _calls;

    /// <summary>On how many threads the plugin's code runs now, calls from tests included. What a plugin starts with the execution context suppressed is not seen.</summary>
    public int RunningThreads => _watch.Count;

    /// <summary>Starts it.</summary>
    public TestOutcome Start() => _watch.Run(_calls.Start);

    /// <summary>Stops it. It is stopped also when the outcome is a failure, unless it was not started.</summary>
    public TestOutcome Stop() => _watch.Run(_calls.Stop);

    /// <summary>Destroys it, and returns the status: NP_E_INVALID_STATE (-4), and nothing is done, while it is started.</summary>
    public int Destroy() => _watch.Run(_calls.Destroy);

    /// <summary>Runs its command.</summary>
    /// <exception cref="InvalidOperationException">The plugin has no command: its class does not implement ICommand.</exception>
    public TestRun Run(params string[] arguments) => Run(new TestCall(), arguments);

    /// <summary>Runs its command with more than arguments.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">The plugin has no command: its class does not implement ICommand.</exception>
    public TestRun Run(TestCall call, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(arguments);
        return _watch.Run(() => _calls.Run(call, arguments));
    }

    /// <summary>Finds a service of the plugin's.</summary>
    /// <param name="id">The service's id, "namespace.name/major".</param>
    /// <param name="table">The address of its table, valid until the instance is destroyed; 0 when there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    public bool TryGetService(string id, out nint table)
    {
        ArgumentNullException.ThrowIfNull(id);
        (int status, table) = GetService(id);
        return status == np.NP_OK;
    }

    /// <summary>The plugin's own object, to look at what the ABI does not show.</summary>
    /// <typeparam name="TPlugin">Its class.</typeparam>
    /// <exception cref="InvalidOperationException">The instance has been destroyed.</exception>
    /// <exception cref="InvalidCastException">The plugin is of another class.</exception>
    public TPlugin GetPlugin<TPlugin>()
        where TPlugin : class => (TPlugin)_calls.Plugin;

    /// <summary>
    /// Asserts that no thread, task or timer that the plugin started runs any more, as the ABI asks for when stop has returned.
    /// What is started with the execution context suppressed is not seen.
    /// </summary>
    /// <param name="within">How long threads may take to end. Five seconds by default; a plugin in order takes none.</param>
    /// <exception cref="TestLeakException">One still runs. The message names it.</exception>
    public void AssertNoThreadRuns(TimeSpan? within = null)
    {
        IReadOnlyList<string> running = _watch.WaitForNone(within ?? s_threadsMayTake);
        if (running.Count > 0)
        {
            throw new TestLeakException(
                $"The plugin's code still runs on {string.Join(", ", running)}. When Stop returns, no thread of the plugin's may run: " +
                "signal them to end in Stop, and wait for them (Thread.Join, Task.Wait, Timer.Dispose with a wait handle).");
        }
    }

    /// <summary>Stops and destroys it, whatever its state. Failures are not reported: call <see cref="Stop"/> to see them.</summary>
    public void Dispose()
    {
        if (!_calls.IsDestroyed)
        {
            _ = Stop();
            _ = Destroy();
        }
    }

    internal (int Status, nint Service) GetService(string id) => _watch.Run(() => _calls.GetService(id));
}
