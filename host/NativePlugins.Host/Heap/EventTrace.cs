using System.Buffers.Binary;
using System.Text;

namespace NativePlugins.Host.Heap;

/// <summary>
/// A trace in the format NetTrace, version 4, as the runtime's diagnostic port writes it: microsoft/perfview,
/// src/TraceEvent/EventPipe. Of one provider.
/// </summary>
/// <remarks>Whatever does not follow the format is an <see cref="InvalidDataException"/>, and its end an <see cref="EndOfStreamException"/>.</remarks>
internal sealed class EventTrace(Stream stream, string provider)
{
    private const int MostOfBlock = 64 << 20;
    private const long Most = 1L << 30;
    private const byte Null = 1, BeginObject = 5, EndObject = 6;

    private readonly Dictionary<uint, int> _ids = [];
    private readonly byte[] _four = new byte[4];
    private long _position;

    /// <summary>Reads to the end.</summary>
    public void Read(TracedEvent onEvent)
    {
        Expect(ReadBytes(8).AsSpan().SequenceEqual("Nettrace"u8), "its first word");
        Expect(Encoding.ASCII.GetString(ReadBytes(ReadLength(64))) == "!FastSerialization.1", "its second word");
        byte tag;
        while ((tag = ReadByte()) != Null)
        {
            Expect(tag == BeginObject && ReadByte() == BeginObject && ReadByte() == Null, "the beginning of an object");
            ReadBytes(8); // versions
            string name = Encoding.ASCII.GetString(ReadBytes(ReadLength(64)));
            Expect(ReadByte() == EndObject, "the end of a type");
            if (name == "Trace")
            {
                ReadBytes(48); // times, and what is known of the process
            }
            else
            {
                ReadBlock(name, onEvent);
            }

            Expect(ReadByte() == EndObject, "the end of an object");
        }
    }

    private void ReadBlock(string name, TracedEvent onEvent)
    {
        int length = ReadLength(MostOfBlock);
        ReadBytes((int)(-_position & 3)); // blocks begin at multiples of four
        byte[] block = ReadBytes(length);
        if (name is not ("EventBlock" or "MetadataBlock"))
        {
            return;
        }

        var reader = new PayloadReader(block);
        int header = reader.UInt16();
        Expect((reader.UInt16() & 1) != 0, "compressed headers");
        reader.Skip(header - 4);
        uint metadata = 0, payloadLength = 0;
        while (!reader.IsAtEnd)
        {
            // Each field is there if it is another than that of the event before.
            byte flags = reader.Byte();
            metadata = (flags & 1) != 0 ? reader.VariableUInt32() : metadata;
            if ((flags & 2) != 0)
            {
                reader.VariableUInt64(); // sequence number
                reader.VariableUInt64(); // the capturing thread
                reader.VariableUInt64(); // the processor
            }

            SkipIf(ref reader, flags, 4); // the thread
            SkipIf(ref reader, flags, 8); // the stack
            reader.VariableUInt64(); // the time since the event before
            reader.Skip(((flags & 16) != 0 ? 16 : 0) + ((flags & 32) != 0 ? 16 : 0)); // activities
            payloadLength = (flags & 128) != 0 ? reader.VariableUInt32() : payloadLength;
            ReadOnlySpan<byte> payload = reader.Bytes((int)Math.Min(payloadLength, int.MaxValue));
            if (name == "MetadataBlock")
            {
                Define(new PayloadReader(payload));
            }
            else if (_ids.TryGetValue(metadata, out int id))
            {
                onEvent(id, payload);
            }
        }
    }

    private void Define(PayloadReader reader)
    {
        uint metadata = reader.UInt32();
        if (reader.Text() == provider)
        {
            _ids[metadata] = (int)reader.UInt32();
        }
    }

    private static void SkipIf(ref PayloadReader reader, byte flags, int flag)
    {
        if ((flags & flag) != 0)
        {
            reader.VariableUInt64();
        }
    }

    private static void Expect(bool isSo, string what)
    {
        if (!isSo)
        {
            throw new InvalidDataException($"The trace has not {what} where the format has it.");
        }
    }

    private int ReadLength(int most)
    {
        ReadInto(_four);
        int length = BinaryPrimitives.ReadInt32LittleEndian(_four);
        Expect(length >= 0 && length <= most, "a sensible length");
        return length;
    }

    private byte ReadByte()
    {
        ReadInto(_four.AsSpan(0, 1));
        return _four[0];
    }

    private byte[] ReadBytes(int count)
    {
        byte[] bytes = new byte[count];
        ReadInto(bytes);
        return bytes;
    }

    private void ReadInto(Span<byte> bytes)
    {
        stream.ReadExactly(bytes);
        _position += bytes.Length;
        Expect(_position <= Most, "an end");
    }
}
