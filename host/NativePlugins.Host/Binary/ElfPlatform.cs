namespace NativePlugins.Host;

/// <summary>What the loader of a machine's libraries is called there: ld.so(8); Debian's "Multiarch/Tuples".</summary>
/// <param name="Name">What <c>$PLATFORM</c> stands for.</param>
/// <param name="Triplet">The directory of its libraries, on systems that have those of several machines.</param>
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

    /// <summary>The directories that are compiled into loaders: Debian's, those of systems with a <c>lib64</c>, musl's.</summary>
    public string[] DefaultDirectories =>
        [$"/lib/{Triplet}", $"/usr/lib/{Triplet}", "/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"];

    /// <summary>Fills in what stands for the library's own directory, and for what depends on the machine.</summary>
    public string[] Expand(string element, string origin)
    {
        string expanded = element
            .Replace("${ORIGIN}", origin, StringComparison.Ordinal).Replace("$ORIGIN", origin, StringComparison.Ordinal)
            .Replace("${PLATFORM}", Name, StringComparison.Ordinal).Replace("$PLATFORM", Name, StringComparison.Ordinal);
        if (!expanded.Contains("$LIB", StringComparison.Ordinal) && !expanded.Contains("${LIB}", StringComparison.Ordinal))
        {
            return [expanded];
        }

        // What it stands for is compiled into the loader; these are the known answers.
        return Array.ConvertAll((string[])[$"lib/{Triplet}", "lib64", "lib"], lib => expanded
            .Replace("${LIB}", lib, StringComparison.Ordinal).Replace("$LIB", lib, StringComparison.Ordinal));
    }
}
