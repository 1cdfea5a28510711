using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace NativePlugins.Host.Threads;

/// <summary>What a <see cref="LifecycleThread"/> does for one caller.</summary>
internal sealed class LifecycleJob(object sync, Action<Action> work, Action late, ExecutionContext? context)
{
    private long _stepStart;

    public Action Late { get; } = late;

    /// <summary>The turn in the system's loader with which the work begins.</summary>
    public LoaderVisit? Visit { get; init; }

    public bool IsDone { get; set; }

    public bool IsAbandoned { get; set; }

    public ExceptionDispatchInfo? Error { get; private set; }

    public TimeSpan StepTime => Stopwatch.GetElapsedTime(_stepStart);

    /// <summary>The deadline counts from here on.</summary>
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

    /// <summary>Given up before it has begun: on a machine that is busy enough a thread wakes too late.</summary>
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
