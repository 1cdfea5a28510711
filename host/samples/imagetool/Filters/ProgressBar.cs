using Imaging;

namespace ImageTool;

/// <summary>
/// Shows on standard error how far a filter is: a bar that moves on a terminal, else a line for each quarter. Filters call it
/// from their own threads.
/// </summary>
internal sealed class ProgressBar(string name) : IFilterProgress, IDisposable
{
    private const int Width = 40;

    private readonly Lock _lock = new();
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private int _percent = -1;

    public void Report(int done, int total)
    {
        int percent = total < 1 ? 0 : (int)Math.Clamp(100L * done / total, 0, 100);
        lock (_lock)
        {
            if (percent > _percent)
            {
                Show(percent, _percent);
                _percent = percent;
            }
        }
    }

    public void Dispose()
    {
        if (_isTerminal)
        {
            Console.Error.Write('\n');
        }
    }

    private void Show(int percent, int before)
    {
        if (_isTerminal)
        {
            int filled = Width * percent / 100;
            Console.Error.Write($"\r{name,-12} [{new string('#', filled)}{new string('.', Width - filled)}] {percent,3} %");
        }
        else if (percent / 25 > before / 25 || before < 0)
        {
            Console.Error.Write($"{name}: {percent / 25 * 25} %\n");
        }
    }
}
