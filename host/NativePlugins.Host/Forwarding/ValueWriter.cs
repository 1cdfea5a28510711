namespace NativePlugins.Host.Forwarding;

/// <summary>
/// Copies values of this process into a message: a value that is plain as it lies there, and what a pointer leads to in place of the pointer.
/// What is ill-formed is sent as that, so that who receives it refuses it in the words that it has for it.
/// </summary>
internal static unsafe class ValueWriter
{
    /// <summary>In place of a length: NULL.</summary>
    public const uint Null = uint.MaxValue;

    /// <summary>In place of a length: NULL where the length that follows is not 0.</summary>
    public const uint NullWithLength = uint.MaxValue - 1;

    /// <summary>How deeply values may contain others. Both sides have a limit of their own, which is not beyond this one.</summary>
    public const int MaxDepth = 1000;

    /// <exception cref="MessageTooLargeException">It is too large, or too deep.</exception>
    public static void Write(MessageWriter message, WireType type, byte* cell, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw new MessageTooLargeException();
        }

        switch (type)
        {
            case PlainType:
                message.Bytes(new ReadOnlySpan<byte>(cell, type.Size));
                break;
            case TextType:
                WriteText(message, *(byte**)cell, *(nuint*)(cell + sizeof(void*)));
                break;
            case ListType list:
                WriteList(message, list.Item, *(byte**)cell, *(nuint*)(cell + sizeof(void*)), depth);
                break;
            case ReferenceType reference:
                byte* target = *(byte**)cell;
                message.UInt32(target == null ? 0u : 1u);
                if (target != null)
                {
                    WriteStruct(message, reference.Target, target, depth);
                }

                break;
            case OptionType option:
                message.Bytes(new ReadOnlySpan<byte>(cell, 1));
                if (*cell == 1)
                {
                    Write(message, option.Inner, cell + option.Inner.Alignment, depth + 1);
                }

                break;
            case CompositeType composite:
                for (int i = 0; i < composite.Items.Length; i++)
                {
                    Write(message, composite.Items[i], cell + composite.Offsets[i], depth + 1);
                }

                break;
        }
    }

    public static void WriteText(MessageWriter message, byte* text, nuint length)
    {
        if (WriteLength(message, text, length))
        {
            message.Bytes(new ReadOnlySpan<byte>(text, (int)length));
        }
    }

    public static void WriteList(MessageWriter message, WireType item, byte* items, nuint count, int depth = 0)
    {
        if (!WriteLength(message, items, count))
        {
            return;
        }

        if (item.IsPlain)
        {
            // WriteLength has limited the count.
            nuint size = count * (nuint)item.Size;
            message.Take(size).CopyFrom(items);
            return;
        }

        for (nuint i = 0; i < count; i++)
        {
            Write(message, item, items + (i * (nuint)item.Size), depth + 1);
        }
    }

    /// <summary>A pointer to data that was handed over with a size, and nothing beyond that size.</summary>
    public static void WritePut(MessageWriter message, WireType type, byte* value, nuint size)
    {
        message.UInt32(value == null ? 0u : 1u);
        if (value == null)
        {
            return;
        }

        uint stated = type is not ReferenceType ? (uint)type.Size : size < sizeof(uint) ? uint.MaxValue : *(uint*)value;
        bool isWhole = size >= stated;
        message.UInt64(size);
        message.UInt32(isWhole ? 1u : 0u);
        if (!isWhole)
        {
            message.UInt32(stated);
        }
        else if (type is ReferenceType reference)
        {
            WriteStruct(message, reference.Target, value, 0);
        }
        else
        {
            Write(message, type, value);
        }
    }

    private static void WriteStruct(MessageWriter message, DataStruct target, byte* value, int depth)
    {
        uint stated = *(uint*)value;
        message.UInt32(stated);
        foreach ((WireType type, int offset) in target.Members)
        {
            if (offset + type.Size > stated)
            {
                break;
            }

            Write(message, type, value + offset, depth + 1);
        }
    }

    private static bool WriteLength(MessageWriter message, byte* start, nuint length)
    {
        if (start == null)
        {
            message.UInt32(length == 0 ? Null : NullWithLength);
            if (length != 0)
            {
                message.UInt64(length);
            }

            return false;
        }

        if (length > MessageWriter.MaxLength)
        {
            throw new MessageTooLargeException();
        }

        message.UInt32((uint)length);
        return true;
    }

    private static void CopyFrom(this Span<byte> bytes, byte* source) => new ReadOnlySpan<byte>(source, bytes.Length).CopyTo(bytes);
}
