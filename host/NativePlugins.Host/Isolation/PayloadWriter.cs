using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NativePlugins.Host.Isolation;

/// <summary>Writes what follows a frame's head: little-endian numbers; text and data as a length and bytes.</summary>
internal sealed class PayloadWriter
{
    /// <summary>The length that stands for no text at all.</summary>
    public const uint NoText = uint.MaxValue;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public PayloadWriter Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
        return this;
    }

    public PayloadWriter UInt32(uint value) => Int32((int)value);

    public PayloadWriter Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
        return this;
    }

    public PayloadWriter Flag(bool value) => Int32(value ? 1 : 0);

    public PayloadWriter Text(string? value)
    {
        if (value is null)
        {
            return UInt32(NoText);
        }

        Int32(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
        return this;
    }

    public PayloadWriter Data(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Bytes without their length: the last that is written.</summary>
    public PayloadWriter Raw(ReadOnlySpan<byte> value)
    {
        _bytes.Write(value);
        return this;
    }

    public PayloadWriter Error(PluginRemoteError? error) => error is null
        ? Flag(false)
        : Flag(true).Int32(error.Status).Text(error.Type).Text(error.Message).Text(error.StackTrace);
}
