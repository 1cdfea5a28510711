namespace NativePlugins.Host.Forwarding;

/// <summary>
/// Makes values in this process of a message. Everything is copied into the arena before it is looked at, no pointer comes from the message,
/// and no byte is read beyond it: a lying message makes values that are wrong, or is refused.
/// </summary>
internal static unsafe class ValueReader
{
    /// <exception cref="MessageException">The message has no such value.</exception>
    public static void Read(ref MessageReader message, NativeArena arena, WireType type, byte* cell, int depth = 0)
    {
        if (depth > ValueWriter.MaxDepth)
        {
            throw new MessageException($"values in values, more than {ValueWriter.MaxDepth}");
        }

        switch (type)
        {
            case PlainType:
                message.Take((ulong)type.Size).CopyTo(new Span<byte>(cell, type.Size));
                break;
            case TextType:
                *(byte**)cell = ReadText(ref message, arena, out *(nuint*)(cell + sizeof(void*)));
                break;
            case ListType list:
                *(byte**)cell = ReadList(ref message, arena, list.Item, out *(nuint*)(cell + sizeof(void*)), depth);
                break;
            case ReferenceType reference:
                *(byte**)cell = message.Flag() ? ReadStruct(ref message, arena, reference.Target, depth) : null;
                break;
            case OptionType option:
                new Span<byte>(cell, option.Size).Clear();
                *cell = message.Take(1)[0];
                if (*cell == 1)
                {
                    Read(ref message, arena, option.Inner, cell + option.Inner.Alignment, depth + 1);
                }

                break;
            case CompositeType composite:
                new Span<byte>(cell, composite.Size).Clear();
                for (int i = 0; i < composite.Items.Length; i++)
                {
                    Read(ref message, arena, composite.Items[i], cell + composite.Offsets[i], depth + 1);
                }

                break;
        }
    }

    public static byte* ReadText(ref MessageReader message, NativeArena arena, out nuint length)
    {
        if (ReadLength(ref message, out length) is not uint count)
        {
            return null;
        }

        byte* text = arena.Allocate(Math.Max(count, 1L));
        message.Take(count).CopyTo(new Span<byte>(text, (int)count));
        return text;
    }

    public static byte* ReadList(ref MessageReader message, NativeArena arena, WireType item, out nuint count, int depth = 0)
    {
        if (ReadLength(ref message, out count) is not uint length)
        {
            return null;
        }

        // Each element takes at least one byte of the message, so what is allocated is in proportion to it.
        if (length > (uint)message.Left)
        {
            throw new MessageException($"{length} elements in {message.Left} bytes");
        }

        long size = (long)length * item.Size;
        if (item.IsPlain)
        {
            ReadOnlySpan<byte> bytes = message.Take((ulong)size);
            byte* plain = arena.Allocate(Math.Max(size, 1));
            bytes.CopyTo(new Span<byte>(plain, bytes.Length));
            return plain;
        }

        byte* items = arena.Allocate(Math.Max(size, 1));
        for (uint i = 0; i < length; i++)
        {
            Read(ref message, arena, item, items + ((long)i * item.Size), depth + 1);
        }

        return items;
    }

    /// <summary>What was put: the pointer and the size that it was handed over with.</summary>
    public static byte* ReadPut(ref MessageReader message, NativeArena arena, WireType type, out nuint size)
    {
        size = 0;
        if (!message.Flag())
        {
            return null;
        }

        ulong promised = message.UInt64();
        if (!message.Flag())
        {
            // It is smaller than it says, or than it must be, and refused for that by who receives it.
            int known = type is ReferenceType { Target.Size: var most } ? most : type.Size;
            byte* part = arena.AllocateZeroed(known);
            *(uint*)part = message.UInt32();
            size = (nuint)Math.Min(promised, (ulong)known);
            return part;
        }

        if (type is ReferenceType reference)
        {
            byte* value = ReadStruct(ref message, arena, reference.Target, 0);
            size = (nuint)Math.Min(promised, (ulong)reference.Target.Size);
            return value;
        }

        byte* cell = arena.AllocateZeroed(type.Size);
        Read(ref message, arena, type, cell);
        size = (nuint)type.Size;
        return cell;
    }

    // What a newer writer has appended does not cross, so the size that it states is no more than what is known.
    private static byte* ReadStruct(ref MessageReader message, NativeArena arena, DataStruct target, int depth)
    {
        byte* value = arena.AllocateZeroed(target.Size);
        uint stated = Math.Min(message.UInt32(), (uint)target.Size);
        *(uint*)value = stated;
        foreach ((WireType type, int offset) in target.Members)
        {
            if (offset + type.Size > stated)
            {
                break;
            }

            Read(ref message, arena, type, value + offset, depth + 1);
        }

        return value;
    }

    /// <summary>Null for NULL, be the length 0 or not.</summary>
    private static uint? ReadLength(ref MessageReader message, out nuint length)
    {
        uint count = message.UInt32();
        length = count == ValueWriter.Null ? 0 : count == ValueWriter.NullWithLength ? (nuint)message.UInt64() : count;
        return count is ValueWriter.Null or ValueWriter.NullWithLength ? null : count;
    }
}
