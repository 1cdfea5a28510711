using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Elf;

/// <summary>What a file's header leads to, and what it is for by that. Object files have neither part, static programs no second.</summary>
internal readonly record struct ElfParts(BinaryKind Kind, ElfSegments? Segments, ElfDynamic? Dynamic)
{
    public static ElfParts Read(BinaryFile file, in ElfHeader header)
    {
        if (header.Kind != BinaryKind.SharedLibrary && header.Kind != BinaryKind.Executable)
        {
            return new ElfParts(header.Kind, null, null);
        }

        ElfSegments segments = ElfSegments.Read(file, header);

        // Debug symbols keep the header of an emptied dynamic section.
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
