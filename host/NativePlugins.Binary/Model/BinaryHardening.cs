namespace NativePlugins.Binary;

/// <summary>How many of an ELF library's tables become read-only once they are filled in.</summary>
public enum BinaryRelro
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>All but the addresses of functions that are bound at their first call.</summary>
    Partial,

    /// <summary>All: every function is bound when the library is loaded.</summary>
    Full,
}

/// <summary>A file's protections against attacks. Null: the format does not have that protection.</summary>
public sealed record BinaryHardening
{
    /// <summary>ELF only.</summary>
    public BinaryRelro? Relro { get; init; }

    /// <summary>Whether loading it makes stacks executable. For PE: whether data may be executed (no NX_COMPAT).</summary>
    public bool HasExecutableStack { get; init; }

    /// <summary>Whether loading the file writes to its code. ELF only.</summary>
    public bool? HasTextRelocations { get; init; }

    /// <summary>Whether it has a segment that can be both written to and executed.</summary>
    public bool HasWritableCode { get; init; }

    /// <summary>Whether it can be mapped at any address. True for every shared library except a PE file without DYNAMIC_BASE.</summary>
    public bool IsPositionIndependent { get; init; }

    /// <summary>Whether indirect calls are checked (Control Flow Guard). PE only.</summary>
    public bool? HasControlFlowGuard { get; init; }
}
