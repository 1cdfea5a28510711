namespace NativePlugins.Host;

/// <summary>Reads a 32-bit or 64-bit ELF library of either byte order: System V gABI, chapters 4 and 5.</summary>
internal static class ElfReader
{
    public static BinaryImage Read(BinaryFile file, BinaryTarget? requireTarget, bool isPlugin)
    {
        ElfHeader header = ElfHeader.Read(file);
        PreflightFailures.ThrowIfOtherTarget(file.Path, header.Target, requireTarget);
        ElfParts parts = ElfParts.Read(file, header);
        if (parts.Kind != BinaryKind.SharedLibrary && requireTarget is not null)
        {
            throw PreflightFailures.WrongKind(file.Path, parts.Kind);
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
            Tls = ElfTls.Of(segments, dynamic),
        };
        if (isPlugin)
        {
            image = FindEntry(file, header, segments, dynamic, image);
        }

        return requireTarget is not null ? WithFindings(image, ElfLoadCheck.Check(file, header, segments, dynamic)) : image;
    }

    /// <summary>Checks what only the system's loader follows, and notes what it shows.</summary>
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

    /// <summary>A symbol with the name of its version only marks that the version is defined.</summary>
    private static BinarySymbol Export(string name, ElfVersions versions, int index, in ElfSymbol symbol)
    {
        string? version = versions.OfDefinition(index);
        return version == name
            ? new BinarySymbol(name, null, symbol.IsWeak, null)
            : new BinarySymbol(name, version, symbol.IsWeak, null) { IsDefaultVersion = versions.IsDefault(index), IsUnique = symbol.IsUnique };
    }

    /// <summary>Relocations tell more than DF_STATIC_TLS, which may be about another library's data.</summary>
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
        BinaryFile file, in ElfHeader header, ElfSegments segments, ElfDynamic dynamic, BinaryImage image)
    {
        var hashTable = new ElfHashTable(file, header.Data, segments, dynamic);
        image = image with { IsNativeAot = hashTable.Find(PluginEntryPoint.NativeAotMarker) is { IsExported: true } };
        string? problem = FindEntryProblem(hashTable, segments);
        return problem is null
            ? image with { ExportsEntry = true }
            : image with
            {
                EntryProblem = problem,
                OtherEntryVersions = FindOtherEntries(ElfSymbolTable.Read(file, header, segments, dynamic)),
            };
    }

    private static string? FindEntryProblem(ElfHashTable hashTable, ElfSegments segments)
    {
        if (hashTable.Find(PluginEntryPoint.Name) is not { } symbol)
        {
            return "a library without one";
        }

        if (!symbol.IsExported)
        {
            return symbol.IsDefined ? "one that is not visible outside" : "a library that uses it and does not define it";
        }

        return symbol.MayBeFunction && segments.IsCode(symbol.Value) ? null : "one that is data, not a function";
    }

    private static List<uint> FindOtherEntries(ElfSymbolTable table)
    {
        var versions = new List<uint>();
        for (int i = 1; i < table.Count && versions.Count < 8; i++)
        {
            ElfSymbol symbol = table[i];
            if (symbol.IsExported && PluginEntryPoint.VersionOf(table.NameOf(symbol, limit: 64)) is { } version
                && version != PluginEntryPoint.MajorVersion)
            {
                versions.Add(version);
            }
        }

        return versions;
    }
}
