using System.Text;
using System.Threading.Channels;

namespace LogPipe;

/// <summary>Reads the lines of a file, or of standard input, to its end or on and on.</summary>
/// <param name="source">A path; <c>-</c> is standard input.</param>
/// <param name="follows">Whether the end of the file is not the end, as more may be written to it.</param>
internal sealed class LineReader(string source, bool follows) : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly Stream _stream = source == "-"
        ? Console.OpenStandardInput()
        : new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);

    private byte[] _buffer = new byte[64 << 10];
    private int _length;
    private long _number;

    /// <summary>Writes each line. When it is asked to stop, it writes what it has read.</summary>
    public async Task ReadAsync(ChannelWriter<LogLine> lines, CancellationToken stop)
    {
        // One for all reads: each holds on to the token until that is cancelled.
        Task stopped = Task.Delay(Timeout.Infinite, stop);
        while (await TryRead(stopped))
        {
            int start = 0;
            while (_buffer.AsSpan(start.._length).IndexOf((byte)'\n') is >= 0 and var length)
            {
                await lines.WriteAsync(Line(start, length), CancellationToken.None);
                start += length + 1;
            }

            _buffer.AsSpan(start.._length).CopyTo(_buffer);
            _length -= start;
        }

        if (_length > 0)
        {
            await lines.WriteAsync(Line(0, _length), CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    /// <summary>Reads more; false at the end, or when it is asked to stop.</summary>
    private async ValueTask<bool> TryRead(Task stopped)
    {
        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _length);
        }

        while (!stopped.IsCompleted)
        {
            // Standard input heeds no token while it waits, and nobody waits for it then. What has come is never left.
            Task<int> reading = _stream.ReadAsync(_buffer.AsMemory(_length), CancellationToken.None).AsTask();
            await Task.WhenAny(reading, stopped);
            int read = reading.IsCompleted ? await reading : 0;
            _length += read;
            if (read > 0 || !follows || !_stream.CanSeek)
            {
                return read > 0;
            }

            if (_stream.Position > _stream.Length)
            {
                // The file was cut off, and begins anew.
                _stream.Position = 0;
            }

            await Task.WhenAny(Task.Delay(s_pause, CancellationToken.None), stopped);
        }

        return false;
    }

    private LogLine Line(int start, int length)
    {
        string text = Encoding.UTF8.GetString(_buffer, start, length);
        return new LogLine(source, ++_number, text.EndsWith('\r') ? text[..^1] : text);
    }
}
