using System.Runtime.InteropServices;

namespace NativePlugins.Cli;

/// <summary>
/// Standard output or standard error, unbuffered. <see cref="Console"/> would start its terminal handling first, and a
/// FileStream would write at positions of its own where several programs share one file. Thread-safe.
/// </summary>
internal sealed class StandardStream : Stream
{
    private const int Interrupted = 4;
    private const int BrokenPipe = 32;

    private readonly Lock _lock = new();
    private readonly int _descriptor;
    private readonly Stream? _inner;

    private StandardStream(int descriptor, Stream? inner)
    {
        _descriptor = descriptor;
        _inner = inner;
    }

    /// <summary>What the first write that failed threw, or null.</summary>
    public IOException? Failure { get; private set; }

    /// <summary>Whether that was because nobody reads any more.</summary>
    public bool HasReaderGone { get; private set; }

    /// <summary>Called once, on the first write that fails.</summary>
    public Action? OnFailure { get; set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static StandardStream OpenOutput() =>
        new(1, OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : null);

    public static StandardStream OpenError() =>
        new(2, OperatingSystem.IsWindows() ? Console.OpenStandardError() : null);

    /// <summary>A standard stream that is not the process's own.</summary>
    public static StandardStream Over(Stream stream) => new(-1, stream);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_lock)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            if (_inner is not null)
            {
                WriteToInner(buffer);
            }
            else
            {
                WriteOnUnix(buffer);
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void WriteOnUnix(ReadOnlySpan<byte> rest)
    {
        // EAGAIN: 11 on Linux, 35 on macOS.
        int wouldBlock = OperatingSystem.IsLinux() ? 11 : 35;
        while (!rest.IsEmpty)
        {
            nint written = SystemCalls.Write(_descriptor, rest);
            int error = written < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (written >= 0)
            {
                rest = rest[(int)written..];
            }
            else if (error == wouldBlock)
            {
                SystemCalls.WaitUntilWritable(_descriptor);
            }
            else if (error != Interrupted)
            {
                throw Failed(new IOException(Marshal.GetPInvokeErrorMessage(error)), error == BrokenPipe);
            }
        }
    }

    private void WriteToInner(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _inner!.Write(buffer);
        }
        catch (IOException e)
        {
            throw Failed(e, isReaderGone: false);
        }
    }

    private IOException Failed(IOException failure, bool isReaderGone)
    {
        Failure = failure;
        HasReaderGone = isReaderGone;
        OnFailure?.Invoke();
        return failure;
    }
}
