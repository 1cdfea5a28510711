namespace NativePlugins.Cli;

/// <summary>
/// A line at the end of the terminal, on standard error, which the next one replaces. Any other output erases it first. Where standard
/// error is no terminal, it is not shown.
/// </summary>
internal sealed class LiveLine(HostTerminal terminal)
{
    private readonly Lock _lock = new();
    private readonly bool _isShown = !terminal.Settings.Quiet && !Console.IsErrorRedirected;
    private bool _isDrawn;
    private bool _isAtStart = true;

    public void Show(string text)
    {
        if (!_isShown)
        {
            return;
        }

        lock (_lock)
        {
            Erase();

            // After output that did not end its line, the line begins a new one. Without wrapping (DECAWM) it stays one line; asking for
            // the terminal's width would set .NET's terminal handling up.
            terminal.WriteError($"{(_isAtStart ? "" : "\n")}\u001b[?7l\u001b[2m{text}\u001b[0m\u001b[?7h");
            (_isDrawn, _isAtStart) = (true, true);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            Erase();
        }
    }

    /// <summary>The same stream, which takes the line away before it writes.</summary>
    public Stream Over(StandardStream stream) => new Output(this, stream);

    private void Erase()
    {
        if (_isDrawn)
        {
            terminal.WriteError("\r\u001b[K");
            _isDrawn = false;
        }
    }

    private sealed class Output(LiveLine line, StandardStream stream) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (buffer.IsEmpty)
            {
                return;
            }

            lock (line._lock)
            {
                line.Erase();
                line._isAtStart = buffer[^1] == (byte)'\n';
                stream.Write(buffer);
            }
        }
    }
}
