using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Distribution.Archives;

/// <summary>A part of a file, to be read once from its start. Does not own the file.</summary>
internal sealed class SliceStream(SafeFileHandle file, long offset, long length) : Stream
{
    private readonly long _end = offset + length;
    private long _next = offset;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, _end - _next);
        int read = wanted == 0 ? 0 : RandomAccess.Read(file, buffer[..wanted], _next);
        _next += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
