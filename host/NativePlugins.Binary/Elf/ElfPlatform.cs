using System.Text;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Elf;

/// <summary>A machine's names in the search for its libraries: ld.so(8); Debian's "Multiarch/Tuples".</summary>
/// <param name="Name">What <c>$PLATFORM</c> stands for.</param>
/// <param name="Triplet">The directory of the machine's libraries, on systems that have those of several machines.</param>
/// <param name="Loader">The path of glibc's loader; null where it is not known.</param>
internal sealed record ElfPlatform(string Name, string Triplet, string? Loader)
{
    public static ElfPlatform Of(in BinaryTarget target) => (target.Architecture, target.Bits, target.IsLittleEndian) switch
    {
        ("x86-64", 64, _) => new("x86_64", "x86_64-linux-gnu", "/lib64/ld-linux-x86-64.so.2"),
        ("x86-64", _, _) => new("x86_64", "x86_64-linux-gnux32", "/libx32/ld-linux-x32.so.2"),
        ("AArch64", _, true) => new("aarch64", "aarch64-linux-gnu", "/lib/ld-linux-aarch64.so.1"),
        ("x86", _, _) => new("i386", "i386-linux-gnu", "/lib/ld-linux.so.2"),
        ("ARM", _, true) => new("v7l", "arm-linux-gnueabihf", "/lib/ld-linux-armhf.so.3"),
        ("RISC-V", 64, _) => new("riscv64", "riscv64-linux-gnu", "/lib/ld-linux-riscv64-lp64d.so.1"),
        ("LoongArch", 64, _) => new("loongarch64", "loongarch64-linux-gnu", "/lib64/ld-linux-loongarch-lp64d.so.1"),
        ("S390", 64, _) => new("s390x", "s390x-linux-gnu", "/lib/ld64.so.1"),
        ("PowerPC64", _, true) => new("powerpc64le", "powerpc64le-linux-gnu", "/lib64/ld64.so.2"),
        _ => new(target.Architecture, target.Architecture + "-linux-gnu", null),
    };

    /// <summary>The name of musl's loader, by which its list of directories is named too: musl, ldso/dynlink.c and the file INSTALL; null where it is not known.</summary>
    public string? MuslName => Name switch
    {
        "x86_64" when Triplet.EndsWith("x32", StringComparison.Ordinal) => "ld-musl-x32",
        "x86_64" or "aarch64" or "i386" or "riscv64" or "loongarch64" or "s390x" or "powerpc64le" => $"ld-musl-{Name}",
        "v7l" => "ld-musl-armhf",
        _ => null,
    };

    /// <summary>The path of musl's loader; null where it is not known.</summary>
    public string? MuslLoader => MuslName is { } name ? $"/lib/{name}.so.1" : null;

    /// <summary>The directories that are compiled into loaders: Debian's, those of systems with a <c>lib64</c>, musl's.</summary>
    public string[] DefaultDirectories =>
        [$"/lib/{Triplet}", $"/usr/lib/{Triplet}", "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"];

    /// <summary>
    /// Replaces the tokens for the library's own directory and for what depends on the machine: glibc, elf/dl-load.c, "is_dst". A token
    /// that is followed by a letter, a digit or an underscore is another name, and stays.
    /// </summary>
    /// <param name="text">A directory, or the name of a library.</param>
    /// <param name="origin">The directory of the library that holds the text.</param>
    /// <param name="platform">What <c>$PLATFORM</c> stands for; null for the machine's name.</param>
    /// <param name="lib">Returns what <c>$LIB</c> stands for; called only if the text has it.</param>
    public string Expand(string text, string origin, string? platform, Func<string> lib)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
        {
            return text;
        }

        var expanded = new StringBuilder(text.Length + origin.Length);
        for (int at = 0; at < text.Length; at++)
        {
            ReadOnlySpan<char> rest = text.AsSpan(at + 1);
            int length = 0;
            string? value = text[at] != '$' ? null
                : (length = LengthOf(rest, "ORIGIN")) != 0 ? origin
                : (length = LengthOf(rest, "PLATFORM")) != 0 ? platform ?? Name
                : (length = LengthOf(rest, "LIB")) != 0 ? lib() : null;
            expanded.Append(value ?? text[at..(at + 1)]);
            at += length;
        }

        return expanded.ToString();
    }

    /// <summary>The length of the token with its braces; 0 if the text has another one there.</summary>
    private static int LengthOf(ReadOnlySpan<char> text, string token)
    {
        bool hasBraces = text.StartsWith("{");
        ReadOnlySpan<char> name = hasBraces ? text[1..] : text;
        if (!name.StartsWith(token))
        {
            return 0;
        }

        ReadOnlySpan<char> after = name[token.Length..];
        bool goesOn = after.Length > 0 && (char.IsAsciiLetterOrDigit(after[0]) || after[0] == '_');
        return goesOn || (hasBraces && !after.StartsWith("}")) ? 0 : token.Length + (hasBraces ? 2 : 0);
    }
}
