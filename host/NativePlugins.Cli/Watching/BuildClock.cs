using System.Diagnostics;
using System.Globalization;

namespace NativePlugins.Cli;

/// <summary>Shows what a build does at the moment, and for how long it has been at it.</summary>
internal sealed class BuildClock : IDisposable
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);

    private readonly Action<string> _show;
    private readonly Timer _timer;
    private readonly Lock _lock = new();
    private string _what = "";
    private string? _step;
    private bool _isNamed;
    private long _start;

    /// <param name="show">Shows a line in place of the last one.</param>
    public BuildClock(Action<string> show)
    {
        _show = show;
        _timer = new Timer(_ => Show());
    }

    /// <summary>A build begins.</summary>
    /// <param name="what">What is built.</param>
    public void Start(string what)
    {
        lock (_lock)
        {
            (_what, _step, _isNamed, _start) = (what, "building", false, Stopwatch.GetTimestamp());
        }

        Show();
        _timer.Change(s_tick, s_tick);
    }

    /// <summary>The build comes to another step.</summary>
    /// <returns>The one that has ended, and how long it took; null if this is the first.</returns>
    public (string Step, TimeSpan Time)? Next(string step)
    {
        (string, TimeSpan)? ended;
        lock (_lock)
        {
            ended = Ended();
            (_step, _isNamed, _start) = (step, true, Stopwatch.GetTimestamp());
        }

        Show();
        return ended;
    }

    /// <summary>The build has ended, and nothing is shown any more.</summary>
    /// <returns>As <see cref="Next"/>.</returns>
    public (string Step, TimeSpan Time)? Stop()
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_lock)
        {
            (string, TimeSpan)? ended = Ended();
            _step = null;
            return ended;
        }
    }

    public void Dispose() => _timer.Dispose();

    private (string Step, TimeSpan Time)? Ended() => _step is null || !_isNamed ? null : (_step, Stopwatch.GetElapsedTime(_start));

    private void Show()
    {
        // Under the lock, as a line that comes after the end would stay.
        lock (_lock)
        {
            if (_step is not null)
            {
                _show(string.Create(CultureInfo.InvariantCulture, $"{_what}: {_step} … {Stopwatch.GetElapsedTime(_start).TotalSeconds:0.0} s"));
            }
        }
    }
}
