namespace NativePlugins.Binary;

/// <summary>What a binary file is for.</summary>
public enum BinaryKind
{
    /// <summary>A shared library, the kind that can be loaded.</summary>
    SharedLibrary,

    /// <summary>A program.</summary>
    Executable,

    /// <summary>A compiler's output for the linker.</summary>
    ObjectFile,

    /// <summary>The memory of a process that was ended.</summary>
    CoreDump,

    /// <summary>Debug symbols in a file of their own, without the code.</summary>
    DebugSymbols,

    /// <summary>A managed .NET assembly.</summary>
    ManagedAssembly,

    /// <summary>Anything else.</summary>
    Other,
}
