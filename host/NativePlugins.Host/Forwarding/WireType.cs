namespace NativePlugins.Host.Forwarding;

/// <summary>How a value lies in memory as C, and so how it is copied into a message and out of one.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Alignment">In bytes.</param>
internal abstract record WireType(int Size, int Alignment)
{
    /// <summary>Whether it is copied as it lies there.</summary>
    public bool IsPlain => this is PlainType;

    public static int Align(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}

/// <summary>A number, an enum, or a struct without pointers.</summary>
internal sealed record PlainType(int Size, int Alignment) : WireType(Size, Alignment)
{
    /// <summary>As a parameter by value: the name of the number; null for what is passed by pointer.</summary>
    public string? Number { get; init; }

    /// <summary>Whether it goes into a vector register.</summary>
    public bool IsFloat => Number is "f32" or "f64";

    /// <summary>Whether the sign fills what of a register it does not take.</summary>
    public bool IsSigned => Number is "i8" or "i16" or "i32" or "i64" or "isize" or "date" or "duration" or "utc" or "time";
}

/// <summary><c>np_text</c>: a pointer and a length in bytes.</summary>
internal sealed record TextType() : WireType(16, 8);

/// <summary>A pointer to elements, and their number.</summary>
internal sealed record ListType(WireType Item) : WireType(16, 8);

/// <summary>A pointer to a struct that begins with its size, or NULL.</summary>
internal sealed record ReferenceType(DataStruct Target) : WireType(8, 8);

/// <summary>A byte that says whether there is a value, and the value, which has pointers.</summary>
internal sealed record OptionType(WireType Inner) : WireType(Inner.Alignment + Inner.Size, Inner.Alignment);

/// <summary>Values one after the other, of which some have pointers.</summary>
internal sealed record CompositeType(WireType[] Items, int[] Offsets, int Size, int Alignment) : WireType(Size, Alignment);

/// <summary>A struct with <c>struct_size</c>, up to the minor version that both sides have.</summary>
internal sealed class DataStruct(string name)
{
    private const int Prefix = 4;

    private readonly List<(WireType Type, int Offset)> _members = [];

    public string Name => name;

    /// <summary>In the order of their offsets.</summary>
    public IReadOnlyList<(WireType Type, int Offset)> Members => _members;

    /// <summary>All that is known of it, in bytes.</summary>
    public int Size { get; private set; } = 8;

    /// <exception cref="SignatureException">It does not stand where its type and the members before it put it.</exception>
    public void Add(WireType type, int offset)
    {
        int end = _members.Count == 0 ? Prefix : _members[^1].Offset + _members[^1].Type.Size;
        if (offset < WireType.Align(end, type.Alignment) || offset > WireType.Align(WireType.Align(end, type.Alignment), 8))
        {
            throw new SignatureException($"stands at {offset}, and {WireType.Align(end, type.Alignment)} was expected");
        }

        _members.Add((type, offset));
        Size = WireType.Align(offset + type.Size, 8);
    }
}

/// <summary>A signature has something that does not cross, or is none.</summary>
/// <param name="found">What it has: the end of a sentence about the member.</param>
internal sealed class SignatureException(string found) : Exception(found)
{
    public string Found { get; } = found;

    /// <summary>The member.</summary>
    public string Member { get; init; } = "";
}
