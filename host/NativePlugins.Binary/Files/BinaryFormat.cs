namespace NativePlugins.Binary;

/// <summary>How a library's file is laid out.</summary>
public enum BinaryFormat
{
    /// <summary>ELF, of Linux and most other Unix systems.</summary>
    Elf,

    /// <summary>Mach-O, of macOS and its relatives.</summary>
    MachO,

    /// <summary>PE/COFF, of Windows.</summary>
    Pe,
}
