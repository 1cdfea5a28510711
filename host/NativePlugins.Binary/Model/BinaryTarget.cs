using System.Runtime.InteropServices;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Model;

/// <summary>The machine and system that a library was built for.</summary>
/// <param name="Format">The file's format.</param>
/// <param name="Bits">32 or 64.</param>
/// <param name="IsLittleEndian">The byte order.</param>
/// <param name="Architecture">In the format's own word: <c>x86-64</c>, <c>AArch64</c>, <c>arm64</c>.</param>
/// <param name="System">The operating system.</param>
internal readonly record struct BinaryTarget(
    BinaryFormat Format, int Bits, bool IsLittleEndian, string Architecture, string System)
{
    /// <summary>The target that this process can load.</summary>
    public static BinaryTarget OfProcess(FileSystem system)
    {
        int bits = nint.Size * 8;
        Architecture architecture = RuntimeInformation.ProcessArchitecture;
        return system.LibraryFormat switch
        {
            BinaryFormat.Pe => new(BinaryFormat.Pe, bits, true, PeMachine.NameOf(architecture), "Windows"),
            BinaryFormat.MachO => new(BinaryFormat.MachO, bits, true, MachOMachine.NameOf(architecture), "macOS"),
            _ => new(BinaryFormat.Elf, bits, BitConverter.IsLittleEndian, ElfMachine.NameOf(architecture), "Linux"),
        };
    }

    /// <summary>For example <c>ELF 64-bit little-endian AArch64</c>, or <c>Mach-O arm64, for macOS</c>.</summary>
    public string Describe() => Format switch
    {
        BinaryFormat.MachO => $"Mach-O {Architecture}, for {System}",
        BinaryFormat.Pe => $"PE {Bits}-bit {Architecture}, for {System}",
        _ => $"ELF {Bits}-bit {(IsLittleEndian ? "little" : "big")}-endian {Architecture}"
            + (System == "Linux" ? string.Empty : $", for {System}"),
    };
}
