using System.Globalization;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Elf;

/// <summary>How the system's loader judges a file's ELF header before it looks at anything else: glibc, elf/dl-load.c, "open_verify".</summary>
internal static class ElfIdentity
{
    private const int HeaderSize32 = 52;
    private const int HeaderSize64 = 64;

    /// <summary>
    /// Whether the loader takes the file for a library of another machine, which may lie in the same directory, and goes on searching.
    /// Anything else that is wrong with a file ends the loader's search.
    /// </summary>
    public static bool IsPassedOver(ReadOnlySpan<byte> head, in BinaryTarget target)
    {
        if (head.Length < (target.Bits == 64 ? HeaderSize64 : HeaderSize32) || !head.StartsWith("\u007FELF"u8))
        {
            return false;
        }

        if (head[4] != (target.Bits == 64 ? 2 : 1))
        {
            return true;
        }

        var data = new ElfData(target.Bits == 64, target.IsLittleEndian);
        return head[5] == (target.IsLittleEndian ? 1 : 2) && ElfMachine.SystemOf(head[7]) == target.System
            && FindProblem(head, data, target.Architecture) is null && ElfMachine.NameOf(data.U16(head, 18)) != target.Architecture;
    }

    /// <summary>Refuses a header that the loader refuses. The file was built for this machine.</summary>
    public static void Check(BinaryFile file, in ElfHeader header)
    {
        if (FindProblem(file.Head, header.Data, header.Target.Architecture) is { } problem)
        {
            throw file.Malformed(problem.Field, problem.Expected, problem.Found);
        }
    }

    private static (string Field, string Expected, string Found)? FindProblem(ReadOnlySpan<byte> head, ElfData data, string architecture)
    {
        const byte Gnu = 3; // ELFOSABI_GNU
        const int Version = 20;
        if (head[6] != 1)
        {
            return ("EI_VERSION", "1", Number(head[6]));
        }

        int highest = head[7] == Gnu ? HighestAbiVersion(architecture) : 0;
        if (head[8] > highest)
        {
            return ("EI_ABIVERSION", highest == 0 ? "0" : $"0 to {highest}", Number(head[8]));
        }

        if (head[9..16].IndexOfAnyExcept((byte)0) >= 0)
        {
            return ("e_ident, from EI_PAD on", "zeros", Convert.ToHexString(head[9..16]));
        }

        return data.U32(head, Version) is not 1 and uint version ? ("e_version", "1", Number(version)) : null;
    }

    /// <summary>
    /// One less than LIBC_ABI_MAX: glibc, libc-abis. It counts unique symbols, indirect functions if the processor has them, and absolute
    /// symbols.
    /// </summary>
    private static int HighestAbiVersion(string architecture) =>
        architecture is "x86-64" or "x86" or "PowerPC" or "PowerPC64" or "SPARC" or "SPARC V9" or "RISC-V" ? 3 : 2;

    private static string Number(uint value) => value.ToString(CultureInfo.InvariantCulture);
}
