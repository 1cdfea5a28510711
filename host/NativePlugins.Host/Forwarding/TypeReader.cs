using System.Globalization;

namespace NativePlugins.Host.Forwarding;

/// <summary>Reads the types in a line of a signature.</summary>
/// <param name="text">The line.</param>
/// <param name="start">Where to begin.</param>
/// <param name="data">The types of data that the signature has.</param>
internal ref struct TypeReader(string text, int start, Dictionary<string, DataStruct> data)
{
    private const int MaxDepth = 64;
    private const int MaxSize = 1 << 20;

    private static readonly Dictionary<string, PlainType> s_plain = new(StringComparer.Ordinal)
    {
        ["bool"] = Number("bool", 1), ["i8"] = Number("i8", 1), ["u8"] = Number("u8", 1), ["i16"] = Number("i16", 2), ["u16"] = Number("u16", 2),
        ["i32"] = Number("i32", 4), ["u32"] = Number("u32", 4), ["i64"] = Number("i64", 8), ["u64"] = Number("u64", 8),
        ["f32"] = Number("f32", 4), ["f64"] = Number("f64", 8), ["isize"] = Number("isize", 8), ["usize"] = Number("usize", 8),
        ["char"] = Number("char", 2), ["f16"] = Number("f16", 2), ["duration"] = Number("duration", 8), ["utc"] = Number("utc", 8),
        ["date"] = Number("date", 4), ["time"] = Number("time", 8),
        ["uuid"] = new PlainType(16, 1), ["instant"] = new PlainType(16, 8), ["decimal"] = new PlainType(16, 4),
        ["i128"] = new PlainType(16, 8), ["u128"] = new PlainType(16, 8),
    };

    private int _at = start;
    private int _depth;

    private readonly ReadOnlySpan<char> Left => text.AsSpan(_at);

    public readonly bool IsNext(string expected) => Left.StartsWith(expected, StringComparison.Ordinal);

    /// <summary>Whether this is what was taken last.</summary>
    public readonly bool Before(string taken) => text.AsSpan(0, _at).EndsWith(taken, StringComparison.Ordinal);

    public bool TryTake(string expected)
    {
        if (!IsNext(expected))
        {
            return false;
        }

        _at += expected.Length;
        return true;
    }

    public void Expect(string expected)
    {
        if (!TryTake(expected))
        {
            throw Unknown();
        }
    }

    public readonly void End()
    {
        if (_at != text.Length)
        {
            throw Unknown();
        }
    }

    public int Number()
    {
        ReadOnlySpan<char> digits = Left[..Count(Left, char.IsAsciiDigit)];
        _at += digits.Length;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw Unknown();
    }

    /// <summary>A name, without what ends one.</summary>
    public string Word()
    {
        string word = Left[..Count(Left, static c => c is not ('<' or '>' or '{' or '}' or ':' or ',' or '?' or '@' or '(' or ')' or ' ' or '/'))].ToString();
        _at += word.Length;
        return word.Length > 0 ? word : throw Unknown();
    }

    public string ServiceId()
    {
        string id = Word();
        Expect("/");
        return $"{id}/{Number()}";
    }

    /// <summary>A type as a parameter, where a value that may be null is a pointer to it.</summary>
    public WireType ParameterType(out bool isPointer)
    {
        WireType type = NotNull(out bool isClass);
        isPointer = TryTake("?") && !isClass;
        return type;
    }

    public WireType Type()
    {
        WireType type = NotNull(out bool isClass);
        return !TryTake("?") || isClass ? type
            : type.IsPlain ? new PlainType(type.Alignment + type.Size, type.Alignment)
            : new OptionType(type);
    }

    private WireType NotNull(out bool isClass)
    {
        if (++_depth > MaxDepth)
        {
            throw new SignatureException($"has types in types, more than {MaxDepth}");
        }

        WireType type = Read(out isClass);
        _depth--;
        return type;
    }

    private WireType Read(out bool isClass)
    {
        int before = _at;
        string word = Word();
        isClass = false;
        if (TryTake(":"))
        {
            // An enum, and the number that it is.
            return s_plain.TryGetValue(Word(), out PlainType? underlying) && underlying.Number is not null ? underlying : throw Unknown();
        }

        if (TryTake("{"))
        {
            return Struct();
        }

        if (TryTake("<"))
        {
            return Generic(word, before, out isClass);
        }

        isClass = true;
        switch (word)
        {
            case "string" or "uri" or "version":
                return new TextType();
            case "data" when TryTake(" "):
                string name = Word();
                return data.TryGetValue(name, out DataStruct? target) ? new ReferenceType(target) : throw new SignatureException($"names the data {name}, of which there is no line");
        }

        isClass = false;
        return s_plain.TryGetValue(word, out PlainType? plain) ? plain : throw Unknown(before);
    }

    private WireType Generic(string kind, int before, out bool isClass)
    {
        isClass = false;
        switch (kind)
        {
            case "list" or "set":
                WireType item = Type();
                Expect(">");
                isClass = true;
                return new ListType(item);
            case "dictionary":
                WireType key = Type();
                Expect(", ");
                WireType pair = Composite([key, Type()]);
                Expect(">");
                isClass = true;
                return new ListType(pair);
            case "option":
                WireType inner = Type();
                Expect(">");
                return new OptionType(inner);
            case "tuple":
                var items = new List<WireType> { Type() };
                while (TryTake(", "))
                {
                    items.Add(Type());
                }

                Expect(">");
                return Composite(items);
            default:
                throw Unknown(before);
        }
    }

    private static WireType Composite(List<WireType> items)
    {
        int[] offsets = new int[items.Count];
        int end = 0;
        for (int i = 0; i < items.Count; i++)
        {
            offsets[i] = WireType.Align(end, items[i].Alignment);
            end = offsets[i] + items[i].Size;
        }

        int alignment = items.Max(item => item.Alignment), size = WireType.Align(end, alignment);
        return size > MaxSize ? throw new SignatureException($"has a value of {size} bytes")
            : items.All(item => item.IsPlain) ? new PlainType(size, alignment)
            : new CompositeType([.. items], offsets, size, alignment);
    }

    // Fields that follow each other without padding, and the size.
    private PlainType Struct()
    {
        int alignment = 1;
        do
        {
            _ = Word();
            Expect(":");
            WireType field = Type();
            alignment = field.IsPlain ? Math.Max(alignment, field.Alignment) : throw Unknown();
            Expect("@");
            _ = Number();
        }
        while (TryTake(","));
        Expect("}");
        int size = Number();
        return size is > 0 and <= MaxSize ? new PlainType(size, alignment) : throw new SignatureException($"has a value of {size} bytes");
    }

    private readonly SignatureException Unknown(int? at = null)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at ?? _at);
        int end = rest.IndexOfAny(',', ')', '@');
        return new SignatureException($"has '{(end > 0 ? rest[..end] : rest).TrimEnd()}', which does not reach a plugin in another process");
    }

    private static int Count(ReadOnlySpan<char> characters, Func<char, bool> isPart)
    {
        int count = 0;
        while (count < characters.Length && isPart(characters[count]))
        {
            count++;
        }

        return count;
    }

    private static PlainType Number(string name, int size) => new(size, size) { Number = name };
}
