namespace NativePlugins.Host;

/// <summary>How a library's file is laid out.</summary>
internal enum BinaryFormat
{
    Elf,
    MachO,
    Pe,
}

/// <summary>What a file of such a format is for.</summary>
internal enum BinaryKind
{
    SharedLibrary,
    Executable,
    ObjectFile,
    CoreDump,
    DebugSymbols,
    ManagedAssembly,
    Other,
}
