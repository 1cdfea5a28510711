using System.Globalization;
using System.Runtime.InteropServices;

namespace NativePlugins.Binary.Model;

/// <summary>Names for <c>e_machine</c> and <c>EI_OSABI</c>: System V gABI, chapter 4, "ELF Header".</summary>
internal static class ElfMachine
{
    public static string NameOf(ushort machine) => machine switch
    {
        2 => "SPARC",
        3 => "x86",
        8 => "MIPS",
        20 => "PowerPC",
        21 => "PowerPC64",
        22 => "S390",
        40 => "ARM",
        43 => "SPARC V9",
        50 => "IA-64",
        62 => "x86-64",
        183 => "AArch64",
        243 => "RISC-V",
        247 => "BPF",
        258 => "LoongArch",
        _ => string.Create(CultureInfo.InvariantCulture, $"machine {machine}"),
    };

    public static string NameOf(Architecture architecture) => architecture switch
    {
        Architecture.X86 => NameOf(3),
        Architecture.X64 => NameOf(62),
        Architecture.Arm or Architecture.Armv6 => NameOf(40),
        Architecture.Arm64 => NameOf(183),
        Architecture.S390x => NameOf(22),
        Architecture.Ppc64le => NameOf(21),
        Architecture.RiscV64 => NameOf(243),
        Architecture.LoongArch64 => NameOf(258),
        _ => architecture.ToString(),
    };

    public static string SystemOf(byte osAbi) => osAbi switch
    {
        0 or 3 => "Linux",
        1 => "HP-UX",
        2 => "NetBSD",
        6 => "Solaris",
        7 => "AIX",
        9 => "FreeBSD",
        12 => "OpenBSD",
        _ => string.Create(CultureInfo.InvariantCulture, $"operating system {osAbi}"),
    };
}
