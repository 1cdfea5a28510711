using System.Runtime.InteropServices;
using NativePlugins.Binary;
using NativePlugins.Binary.Files;

namespace NativePlugins.Distribution.Packages;

/// <summary>The portable runtime identifiers of systems, by which a package's folders are named.</summary>
internal static class RuntimeIds
{
    /// <summary>That of this process, for example <c>linux-x64</c>.</summary>
    public static string Current => $"{SystemOf(FileSystem.Current.LibraryFormat)}{(FileSystem.Current.CLibrary == "musl" ? "-musl" : "")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Lower-case words with single dashes between them, that begin with a system which has libraries.</summary>
    public static bool IsValid(string rid) =>
        FormatOf(rid) is not null && rid.Length <= 64 && rid.Split('-').All(part => part.Length != 0 && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));

    /// <summary>
    /// The folders that can serve a system, the best one first. A library is for one processor, so of the SDK's graph only the steps that keep
    /// the processor are left, and that to a library for all processors of macOS.
    /// </summary>
    public static IReadOnlyList<string> Fallbacks(string rid) => FormatOf(rid) == BinaryFormat.MachO && rid != "osx" ? [rid, "osx"] : [rid];

    public static BinaryFormat? FormatOf(string rid) => rid.Split('-')[0] switch
    {
        "linux" => BinaryFormat.Elf,
        "osx" => BinaryFormat.MachO,
        "win" => BinaryFormat.Pe,
        _ => null,
    };

    /// <summary>The identifier of the system that a library is for; null if there is none for it.</summary>
    public static string? Of(BinaryInspection library)
    {
        string? processor = library.Architecture switch
        {
            "x86-64" or "x86_64" or "x64" => "x64",
            "AArch64" or "arm64" or "ARM64" => "arm64",
            "x86" or "i386" or "80386" => "x86",
            "ARM" or "arm" => "arm",
            _ => null,
        };
        return processor is null || library.Format is not { } format ? null
            : $"{SystemOf(format)}{(library.CLibrary == "musl" ? "-musl" : "")}-{processor}";
    }

    public static string PrefixOf(string rid) => FormatOf(rid) == BinaryFormat.Pe ? "" : "lib";

    public static string ExtensionOf(string rid) => FormatOf(rid) switch
    {
        BinaryFormat.Pe => ".dll",
        BinaryFormat.MachO => ".dylib",
        _ => ".so",
    };

    private static string SystemOf(BinaryFormat format) => format switch
    {
        BinaryFormat.Pe => "win",
        BinaryFormat.MachO => "osx",
        _ => "linux",
    };
}
