using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Elf;

/// <summary>Reads a 32-bit or 64-bit ELF library of either byte order: System V gABI, chapters 4 and 5.</summary>
internal static class ElfReader
{
    /// <param name="file">The file.</param>
    /// <param name="requireTarget">What it must have been built for; null for anything.</param>
    /// <param name="entry">The function to look for; null for none.</param>
    /// <param name="isDependency">Whether the file is only a dependency: then neither its entry nor its runtime is looked for.</param>
    public static BinaryImage Read(BinaryFile file, BinaryTarget? requireTarget, BinaryEntryPoint? entry, bool isDependency)
    {
        ElfHeader header = ElfHeader.Read(file);
        PreflightFailures.ThrowIfOtherTarget(file.Path, header.Target, requireTarget);
        ElfParts parts = ElfParts.Read(file, header);
        if (parts.Kind != BinaryKind.SharedLibrary && requireTarget is not null)
        {
            throw PreflightFailures.WrongKind(file.Path, parts.Kind).ToException();
        }

        var image = new BinaryImage
        {
            Path = file.Path,
            Status = file.Status,
            Target = header.Target,
            Kind = parts.Kind,
            WantsExecutableStack = parts.Segments?.WantsExecutableStack ?? false,
        };
        if (parts is not { Segments: { } segments, Dynamic: { } dynamic })
        {
            return image;
        }

        dynamic.Check(header.Data);
        image = ReadDynamic(dynamic, image) with
        {
            ProcessorLevels = ElfProcessorLevel.Read(file, header, segments),
            LacksRelocationMarker = ElfVersions.LacksRelocationMarker(file, header.Data, segments, dynamic),
            Tls = FindTls(segments, dynamic),
        };
        if (!isDependency)
        {
            image = FindEntry(file, header, segments, dynamic, image, entry);
        }

        return requireTarget is not null ? WithFindings(image, ElfLoadCheck.Check(file, header, segments, dynamic)) : image;
    }

    /// <summary>Checks what only the system's loader follows, and adds to the image what these checks find.</summary>
    public static BinaryImage CheckLoad(BinaryFile file, BinaryImage image)
    {
        ElfHeader header = ElfHeader.Read(file);
        if (ElfParts.Read(file, header) is { Segments: { } segments, Dynamic: { } dynamic })
        {
            dynamic.Check(header.Data);
            return WithFindings(image, ElfLoadCheck.Check(file, header, segments, dynamic));
        }

        return image;
    }

    public static IReadOnlyList<UniqueSymbol> ReadUniqueSymbols(BinaryFile file)
    {
        ElfHeader header = ElfHeader.Read(file);
        if (ElfParts.Read(file, header) is not { Segments: { } segments, Dynamic: { } dynamic })
        {
            return [];
        }

        dynamic.Check(header.Data);
        return new ElfUniqueSymbols(file, header.Data, segments, dynamic).Read(ElfSymbolTable.Read(file, header, segments, dynamic));
    }

    public static BinarySymbols ReadSymbols(BinaryFile file)
    {
        ElfHeader header = ElfHeader.Read(file);
        if (ElfParts.Read(file, header) is not { Segments: { } segments, Dynamic: { } dynamic })
        {
            return new BinarySymbols { Exports = [], Undefined = [] };
        }

        dynamic.Check(header.Data);
        ElfSymbolTable table = ElfSymbolTable.Read(file, header, segments, dynamic);
        ElfVersions versions = ElfVersions.Read(file, header.Data, segments, dynamic, table);
        (int exported, int open) = table.CountNames();
        var exports = new List<BinarySymbol>(exported);
        var undefined = new List<BinarySymbol>(open);
        for (int i = 1; i < table.Count; i++)
        {
            ElfSymbol symbol = table[i];
            if (symbol.IsExported)
            {
                exports.Add(Export(table.Text(symbol.Name), versions, i, symbol));
            }
            else if (symbol.IsOpen)
            {
                (string? version, string? library) = versions.OfReference(i);
                undefined.Add(new BinarySymbol(table.Text(symbol.Name), version, symbol.IsWeak, library));
            }
        }

        return new BinarySymbols
        {
            Exports = exports,
            Undefined = undefined,
            DefinedVersions = versions.Defined,
            HasVersions = versions.DefinesAny,
            NeededVersions = versions.Needed,
        };
    }

    /// <summary>A symbol that has the name of its own version only marks that this version is defined.</summary>
    private static BinarySymbol Export(string name, ElfVersions versions, int index, in ElfSymbol symbol)
    {
        string? version = versions.OfDefinition(index);
        return version == name
            ? new BinarySymbol(name, null, symbol.IsWeak, null)
            : new BinarySymbol(name, version, symbol.IsWeak, null) { IsDefaultVersion = versions.IsDefault(index), IsUnique = symbol.IsUnique };
    }

    /// <summary>Relocations are more exact than DF_STATIC_TLS, which may be set because of another library's data.</summary>
    private static BinaryImage WithFindings(BinaryImage image, (IReadOnlyList<UniqueSymbol> Unique, bool? UsesStaticTls) found)
    {
        image = found.Unique.Count > 0 ? image with { UniqueSymbols = found.Unique } : image;
        return image.Tls is { } tls && found.UsesStaticTls is { } isStatic && isStatic != tls.IsStatic ? image with { Tls = tls with { IsStatic = isStatic } } : image;
    }

    private static BinaryImage ReadDynamic(ElfDynamic dynamic, BinaryImage image) => image with
    {
        Soname = dynamic.FindString(ElfTag.Soname, "DT_SONAME"),
        Needed = dynamic.ReadNeeded(),
        Filters = dynamic.ReadFilters(),
        ForbidsOpening = dynamic.ForbidsOpening,
        RunPath = dynamic.FindString(ElfTag.RunPath, "DT_RUNPATH"),
        RPath = dynamic.FindString(ElfTag.RPath, "DT_RPATH"),
        IgnoresDefaultDirectories = dynamic.IgnoresDefaultDirectories,
    };

    private static BinaryImage FindEntry(
        BinaryFile file, in ElfHeader header, ElfSegments segments, ElfDynamic dynamic, BinaryImage image, BinaryEntryPoint? entry)
    {
        var hashTable = new ElfHashTable(file, header.Data, segments, dynamic);
        image = image with { IsNativeAot = hashTable.Find(NativeAotMarker.Name) is { IsExported: true } };
        if (entry is null)
        {
            return image;
        }

        string? problem = FindEntryProblem(hashTable, segments, entry);
        return problem is null
            ? image with { ExportsEntry = true }
            : image with
            {
                EntryProblem = problem,
                OtherEntryVersions = FindOtherEntries(ElfSymbolTable.Read(file, header, segments, dynamic), entry),
            };
    }

    private static string? FindEntryProblem(ElfHashTable hashTable, ElfSegments segments, BinaryEntryPoint entry)
    {
        if (hashTable.Find(entry.Utf8Name) is not { } symbol)
        {
            return "a library without one";
        }

        if (!symbol.IsExported)
        {
            return symbol.IsDefined ? "one that is not visible outside" : "a library that uses it and does not define it";
        }

        return symbol.MayBeFunction && segments.IsCode(symbol.Value) ? null : "one that is data, not a function";
    }

    private static List<uint> FindOtherEntries(ElfSymbolTable table, BinaryEntryPoint entry)
    {
        var versions = new List<uint>();
        for (int i = 1; i < table.Count && versions.Count < 8; i++)
        {
            ElfSymbol symbol = table[i];
            ReadOnlySpan<byte> name = symbol.IsExported ? table.NameOf(symbol, limit: BinaryEntryPoint.MaxLength + 1) : default;
            if (entry.VersionOf(name) is { } version && !name.SequenceEqual(entry.Utf8Name))
            {
                versions.Add(version);
            }
        }

        return versions;
    }

    /// <summary>Null if the library has no thread-local data.</summary>
    private static ElfTls? FindTls(ElfSegments segments, ElfDynamic dynamic)
    {
        foreach (ElfSegment segment in segments.All)
        {
            if (segment.Type == ElfSegments.ThreadLocal && segment.MemorySize > 0)
            {
                ulong alignment = Math.Max(segment.Alignment, 1);
                return new ElfTls(segment.MemorySize, alignment, segment.Address % alignment, dynamic.WantsStaticTls);
            }
        }

        return null;
    }
}
