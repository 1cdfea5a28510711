namespace NativePlugins.Binary;

/// <summary>How much of an ELF library's tables is made read-only once they are filled in.</summary>
public enum BinaryRelro
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>All but the addresses of functions, which are bound at their first call.</summary>
    Partial,

    /// <summary>All: every function is bound when the library is loaded.</summary>
    Full,
}

/// <summary>What a file does against being taken over. Null: the format does not know it.</summary>
public sealed record BinaryHardening
{
    /// <summary>ELF only.</summary>
    public BinaryRelro? Relro { get; init; }

    /// <summary>Whether loading it makes stacks executable. For PE: whether data may be executed (no NX_COMPAT).</summary>
    public bool HasExecutableStack { get; init; }

    /// <summary>Whether loading it writes to its code. ELF only.</summary>
    public bool? HasTextRelocations { get; init; }

    /// <summary>Whether a segment can be written to and executed at once.</summary>
    public bool HasWritableCode { get; init; }

    /// <summary>Whether it can lie at any address. True for every shared library but a PE without DYNAMIC_BASE.</summary>
    public bool IsPositionIndependent { get; init; }

    /// <summary>Whether indirect calls are checked (Control Flow Guard). PE only.</summary>
    public bool? HasControlFlowGuard { get; init; }
}
