using System.Text;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Elf;

/// <summary>What an ELF file was made with, by the marks that compilers and runtimes leave. A guess if the marks are gone.</summary>
internal static class ElfToolchain
{
    private const ulong MaxComment = 64 << 10;
    private const ulong MaxScan = 16 << 20;

    public static BinaryToolchain Read(
        BinaryFile file, Dictionary<string, ElfSection> sections, BinaryImage image, BinarySymbols symbols)
    {
        string[] compilers = ReadComment(file, sections);
        string? compiler = compilers.Length == 0 ? null : compilers[0];
        if (image.IsNativeAot || sections.ContainsKey("__managedcode") || sections.ContainsKey(".hydrated"))
        {
            string? version = compilers.Select(RuntimeVersionText.OfDotNetCompiler).FirstOrDefault(found => found is not null)
                ?? RuntimeVersionText.FindDotNet(ReadSection(file, sections, ".rodata", MaxScan).Span);
            return new BinaryToolchain("C#", ".NET NativeAOT", version, compiler);
        }

        if (sections.ContainsKey(".go.buildinfo") || sections.ContainsKey(".note.go.buildid"))
        {
            return new BinaryToolchain("Go", "Go", RuntimeVersionText.FindGo(ReadSection(file, sections, ".go.buildinfo", MaxComment).Span), compiler);
        }

        if (Array.Find(compilers, text => text.StartsWith("rustc ", StringComparison.Ordinal)) is { } rust)
        {
            return new BinaryToolchain("Rust", null, null, rust);
        }

        if (UsesCPlusPlus(image, symbols) || HoldsNameOfCPlusPlus(file, sections))
        {
            return new BinaryToolchain("C++", null, null, compiler);
        }

        return new BinaryToolchain(compiler is null ? null : "C", null, null, compiler);
    }

    private static bool UsesCPlusPlus(BinaryImage image, BinarySymbols symbols) =>
        image.Needed.Any(name => name.StartsWith("libstdc++.", StringComparison.Ordinal) || name.StartsWith("libc++.", StringComparison.Ordinal))
        || HasName(symbols.Exports, "_ZN") || HasName(symbols.Undefined, "_ZN");

    private static bool HasName(IReadOnlyList<BinarySymbol> symbols, string start)
    {
        for (int i = 0; i < symbols.Count; i++)
        {
            if (symbols[i].Name.StartsWith(start, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The section .comment: each compiler that took part has written a text there, once.</summary>
    private static string[] ReadComment(BinaryFile file, Dictionary<string, ElfSection> sections) =>
        [.. Encoding.UTF8.GetString(ReadSection(file, sections, ".comment", MaxComment).Span)
            .Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct()];

    /// <summary>Whether the file holds a name of the C++ library's classes for type information, as it does if that library is linked in.</summary>
    private static bool HoldsNameOfCPlusPlus(BinaryFile file, Dictionary<string, ElfSection> sections) =>
        sections.TryGetValue(".rodata", out ElfSection section) && ElfSections.Contains(file, section, MaxScan, "__cxxabiv1"u8);

    private static ReadOnlyMemory<byte> ReadSection(BinaryFile file, Dictionary<string, ElfSection> sections, string name, ulong limit) =>
        sections.TryGetValue(name, out ElfSection section) ? ElfSections.ReadBytes(file, section, limit) : default;
}
