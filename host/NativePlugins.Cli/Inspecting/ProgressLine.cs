using System.Diagnostics;

namespace NativePlugins.Cli;

/// <summary>A bar on standard error while several files are inspected; nothing where that is no terminal.</summary>
internal sealed class ProgressLine(int total, bool isShown) : IDisposable
{
    private const int Width = 30;

    private readonly bool _isShown = isShown && total > 1 && !Console.IsErrorRedirected;
    private int _done;
    private bool _isDrawn;
    private long _last;

    public void Advance()
    {
        _done++;
        if (!_isShown || Stopwatch.GetElapsedTime(_last) < TimeSpan.FromMilliseconds(100))
        {
            return;
        }

        _last = Stopwatch.GetTimestamp();
        _isDrawn = true;
        int filled = (int)((long)Width * _done / total);
        Console.Error.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {_done}/{total}");
    }

    /// <summary>Takes the bar away, so that a line of results stands in its place.</summary>
    public void Clear()
    {
        if (_isDrawn)
        {
            Console.Error.Write("\r\u001b[K");
            _isDrawn = false;
        }
    }

    public void Dispose() => Clear();
}
