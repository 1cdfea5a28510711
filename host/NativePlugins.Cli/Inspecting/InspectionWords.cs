using System.Globalization;
using NativePlugins.Binary;
using NativePlugins.Binary.Text;

namespace NativePlugins.Cli;

/// <summary>The words for an inspection's enumerations: for people, and for programs, where they never change.</summary>
internal static class InspectionWords
{
    public static string FormatOf(BinaryFormat format) => format switch
    {
        BinaryFormat.Elf => "elf",
        BinaryFormat.MachO => "mach-o",
        _ => "pe",
    };

    public static string KindOf(BinaryKind kind) => kind switch
    {
        BinaryKind.SharedLibrary => "shared-library",
        BinaryKind.Executable => "executable",
        BinaryKind.ObjectFile => "object-file",
        BinaryKind.CoreDump => "core-dump",
        BinaryKind.DebugSymbols => "debug-symbols",
        BinaryKind.ManagedAssembly => "managed-assembly",
        _ => "other",
    };

    public static string ReasonOf(BinaryDependencyReason reason) => reason switch
    {
        BinaryDependencyReason.Missing => "missing",
        BinaryDependencyReason.Foreign => "foreign",
        BinaryDependencyReason.Path => "path",
        BinaryDependencyReason.RPath => "rpath",
        BinaryDependencyReason.LibraryPath => "ld-library-path",
        BinaryDependencyReason.RunPath => "runpath",
        BinaryDependencyReason.Cache => "ld.so.cache",
        BinaryDependencyReason.DefaultDirectory => "default-directory",
        BinaryDependencyReason.Loader => "loader",
        BinaryDependencyReason.DyldLibraryPath => "dyld-library-path",
        BinaryDependencyReason.LoaderPath => "loader-path",
        BinaryDependencyReason.ExecutablePath => "executable-path",
        BinaryDependencyReason.SharedCache => "shared-cache",
        BinaryDependencyReason.ApiSet => "api-set",
        BinaryDependencyReason.KnownDll => "known-dll",
        BinaryDependencyReason.LoadDirectory => "dll-load-directory",
        BinaryDependencyReason.SystemDirectory => "system-directory",
        _ => "already-loaded",
    };

    public static string StaticTlsOf(BinaryStaticTls tls) => string.Create(CultureInfo.InvariantCulture, $"{tls.Needed:N0} bytes")
        + (tls.Left is long left ? string.Create(CultureInfo.InvariantCulture, $", of {left:N0} that are left in this process; another may have fewer") : ", of the little that a process has");

    public static string AddressSpaceOf(BinaryAddressSpace space) => string.Create(
        CultureInfo.InvariantCulture,
        $"{space.Needed:N0} bytes, of {Math.Max(0, space.Limit - space.Used):N0} that this process has left of its limit (ulimit -v); another may have fewer");

    public static string RelroOf(BinaryRelro relro) => relro switch
    {
        BinaryRelro.None => "none",
        BinaryRelro.Partial => "partial",
        _ => "full",
    };

    /// <summary>For example <c>ELF 64-bit little-endian x86-64 shared library, for Linux</c>.</summary>
    public static string Describe(BinaryInspection inspection)
    {
        string format = inspection.Format switch
        {
            BinaryFormat.Elf => "ELF",
            BinaryFormat.MachO => "Mach-O",
            _ => "PE",
        };
        string order = inspection.Format == BinaryFormat.Elf ? inspection.IsLittleEndian ? " little-endian" : " big-endian" : "";
        string kind = KindOf(inspection.Kind ?? BinaryKind.Other).Replace('-', ' ');
        return UntrustedText.Escape($"{format} {inspection.Bits}-bit{order} {inspection.Architecture} {kind}, for {inspection.System}{(inspection.CLibrary == "musl" ? " with musl" : "")}");
    }
}
