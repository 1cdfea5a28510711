using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Elf;

/// <summary>
/// What a file's header leads to, and the kind of file that follows from it. An object file has neither part, a static program only the
/// segments.
/// </summary>
internal readonly record struct ElfParts(BinaryKind Kind, ElfSegments? Segments, ElfDynamic? Dynamic)
{
    public static ElfParts Read(BinaryFile file, in ElfHeader header)
    {
        if (header.Kind != BinaryKind.SharedLibrary && header.Kind != BinaryKind.Executable)
        {
            return new ElfParts(header.Kind, null, null);
        }

        ElfSegments segments = ElfSegments.Read(file, header);

        // A file of debug symbols keeps the header of its dynamic section, which is empty.
        if (segments.Dynamic is { FileSize: 0 })
        {
            return new ElfParts(BinaryKind.DebugSymbols, null, null);
        }

        if (header.Kind == BinaryKind.Executable && segments.Dynamic is null)
        {
            return new ElfParts(BinaryKind.Executable, segments, null);
        }

        var dynamic = ElfDynamic.Read(file, header.Data, segments);
        BinaryKind kind = dynamic.IsPositionIndependentExecutable ? BinaryKind.Executable : header.Kind;
        return new ElfParts(kind, segments, dynamic);
    }
}
