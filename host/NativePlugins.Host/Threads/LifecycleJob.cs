using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace NativePlugins.Host.Threads;

/// <summary>The work that a <see cref="LifecycleThread"/> does for one caller.</summary>
internal sealed class LifecycleJob(object sync, Action<Action> work, Action late, ExecutionContext? context)
{
    private long _stepStart;

    public Action Late { get; } = late;

    /// <summary>The turn in the system's loader with which the work begins.</summary>
    public LoaderVisit? Visit { get; init; }

    /// <summary>Whether the work waits for another process, and holds up nothing in this one.</summary>
    public bool IsElsewhere { get; init; }

    public bool IsDone { get; set; }

    public bool IsAbandoned { get; set; }

    public ExceptionDispatchInfo? Error { get; private set; }

    public TimeSpan StepTime => Stopwatch.GetElapsedTime(_stepStart);

    /// <summary>Begins a step. The deadline counts from here.</summary>
    /// <exception cref="OperationCanceledException">The caller has given up.</exception>
    public void BeginStep()
    {
        lock (sync)
        {
            if (IsAbandoned)
            {
                throw new OperationCanceledException();
            }

            _stepStart = Stopwatch.GetTimestamp();
        }
    }

    public void Execute()
    {
        try
        {
            if (IsGivenUp())
            {
                return;
            }

            if (context is null)
            {
                Work();
            }
            else
            {
                ExecutionContext.Run(context, static job => ((LifecycleJob)job!).Work(), this);
            }
        }
        catch (Exception e)
        {
            Error = ExceptionDispatchInfo.Capture(e);
        }
    }

    private void Work() => work(BeginStep);

    /// <summary>Whether the caller has given up before the work began: on a busy machine the thread may wake too late.</summary>
    private bool IsGivenUp()
    {
        lock (sync)
        {
            if (IsAbandoned && Visit is not null)
            {
                LoaderLock.Leave(Visit);
            }

            return IsAbandoned;
        }
    }
}
