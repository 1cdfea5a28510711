namespace NativePlugins.Binary.Elf;

/// <summary>One entry of the symbol table: gABI, chapter 4, "Symbol Table".</summary>
internal readonly record struct ElfSymbol(uint Name, byte Info, byte Other, ushort Section, ulong Value)
{
    private const ushort AbsoluteSection = 0xFFF1;

    public bool IsDefined => Section != 0;

    /// <summary>STB_GLOBAL, STB_WEAK or STB_GNU_UNIQUE: what other libraries can see.</summary>
    public bool IsGlobal => (Info >> 4) is 1 or 2 or 10;

    public bool IsWeak => Info >> 4 == 2;

    /// <summary>STB_GNU_UNIQUE: glibc's loader uses the first definition of the name in the process, in every library that has one.</summary>
    public bool IsUnique => Info >> 4 == 10;

    /// <summary>STV_DEFAULT or STV_PROTECTED.</summary>
    public bool IsVisible => (Other & 3) is 0 or 3;

    /// <summary>STT_FUNC, STT_GNU_IFUNC, or STT_NOTYPE, which assemblers leave on a function by default.</summary>
    public bool MayBeFunction => (Info & 0xF) is 0 or 2 or 10;

    public bool IsThreadLocal => (Info & 0xF) == 6;

    /// <summary>
    /// STT_NOTYPE, STT_OBJECT, STT_FUNC, STT_COMMON, STT_TLS, STT_GNU_IFUNC: a reference by name cannot mean symbols of other types.
    /// </summary>
    private bool MayBeMeant => (Info & 0xF) is 0 or 1 or 2 or 5 or 6 or 10;

    /// <summary>Whether the system's loader takes it for a definition: glibc, elf/dl-lookup.c, "check_match".</summary>
    public bool IsExported =>
        IsDefined && IsGlobal && IsVisible && MayBeMeant && (Value != 0 || Section == AbsoluteSection || IsThreadLocal);

    /// <summary>Whether another library must define it, or may do so if it is weak.</summary>
    public bool IsOpen => !IsDefined && IsGlobal;

    public static ElfSymbol Parse(ElfData data, ReadOnlySpan<byte> entry) => data.Is64
        ? new(data.U32(entry, 0), entry[4], entry[5], data.U16(entry, 6), data.U64(entry, 8))
        : new(data.U32(entry, 0), entry[12], entry[13], data.U16(entry, 14), data.U32(entry, 4));
}
