using System.Buffers;
using NativePlugins.Abi;
using NativePlugins.Sdk.Text;

namespace NativePlugins.Sdk.Interop;

/// <summary>Passes what is written on to a sink, piece by piece, so that a large state is not held twice.</summary>
internal sealed class SinkBufferWriter(IByteSink sink) : IBufferWriter<byte>
{
    private const int PieceSize = 64 * 1024;

    private byte[] _piece = [];
    private int _used;

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _piece.Length - _used);
        _used += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_piece.Length - _used < Math.Max(sizeHint, 1))
        {
            Complete();
            _piece = _piece.Length >= sizeHint && _piece.Length > 0 ? _piece : new byte[Math.Max(sizeHint, PieceSize)];
        }

        return _piece.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Passes the rest on.</summary>
    /// <exception cref="SinkRefusedException">The sink did not take it.</exception>
    public void Complete()
    {
        int status = _used == 0 ? np.NP_OK : sink.Write(_piece.AsSpan(0, _used));
        _used = 0;
        if (status != np.NP_OK)
        {
            throw new SinkRefusedException(status);
        }
    }
}
