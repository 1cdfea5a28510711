namespace NativePlugins.Host;

/// <summary>Reads a 32-bit or 64-bit ELF library of either byte order: System V gABI, chapters 4 and 5.</summary>
internal static class ElfReader
{
    public static BinaryImage Read(BinaryFile file, BinaryTarget? requireTarget)
    {
        ElfHeader header = ElfHeader.Read(file);
        PreflightFailures.ThrowIfOtherTarget(file.Path, header.Target, requireTarget);
        (ElfSegments segments, ElfDynamic dynamic) = ReadDynamic(file, header);
        var image = new BinaryImage
        {
            Path = file.Path,
            Status = file.Status,
            Target = header.Target,
            Kind = dynamic.IsPositionIndependentExecutable ? BinaryKind.Executable : header.Kind,
        };
        if (image.Kind != BinaryKind.SharedLibrary && requireTarget is not null)
        {
            throw PreflightFailures.WrongKind(file.Path, image.Kind);
        }

        dynamic.Check(header.Data);
        var hashTable = new ElfHashTable(file, header.Data, segments, dynamic);
        image = image with
        {
            Soname = dynamic.FindString(ElfTag.Soname, "DT_SONAME"),
            Needed = dynamic.ReadNeeded(),
            RunPath = dynamic.FindString(ElfTag.RunPath, "DT_RUNPATH"),
            RPath = dynamic.FindString(ElfTag.RPath, "DT_RPATH"),
            IgnoresDefaultDirectories = dynamic.IgnoresDefaultDirectories,
            IsNativeAot = hashTable.Find(PluginEntryPoint.NativeAotMarker) is { IsExported: true },
        };
        string? problem = FindEntryProblem(hashTable, segments);
        return problem is null
            ? image with { ExportsEntry = true }
            : image with
            {
                EntryProblem = problem,
                OtherEntryVersions = FindOtherEntries(ElfSymbolTable.Read(file, header.Data, segments, dynamic)),
            };
    }

    public static BinarySymbols ReadSymbols(BinaryFile file)
    {
        ElfHeader header = ElfHeader.Read(file);
        (ElfSegments segments, ElfDynamic dynamic) = ReadDynamic(file, header);
        dynamic.Check(header.Data);
        ElfSymbolTable table = ElfSymbolTable.Read(file, header.Data, segments, dynamic);
        ElfVersions versions = ElfVersions.Read(file, header.Data, segments, dynamic, table);
        var exports = new List<BinarySymbol>();
        var undefined = new List<BinarySymbol>();
        for (int i = 1; i < table.Count; i++)
        {
            ElfSymbol symbol = table[i];
            if (symbol.IsExported)
            {
                exports.Add(new BinarySymbol(table.Text(symbol.Name), versions.OfDefinition(i), symbol.IsWeak, null));
            }
            else if (!symbol.IsDefined && symbol.IsGlobal)
            {
                (string? version, string? library) = versions.OfReference(i);
                undefined.Add(new BinarySymbol(table.Text(symbol.Name), version, symbol.IsWeak, library));
            }
        }

        return new BinarySymbols { Exports = exports, Undefined = undefined, DefinedVersions = versions.Defined };
    }

    private static (ElfSegments Segments, ElfDynamic Dynamic) ReadDynamic(BinaryFile file, in ElfHeader header)
    {
        if (header.Kind != BinaryKind.SharedLibrary && header.Kind != BinaryKind.Executable)
        {
            throw PreflightFailures.WrongKind(file.Path, header.Kind);
        }

        ElfSegments segments = ElfSegments.Read(file, header);

        // An executable without a dynamic section is a static one; debug symbols keep the header of an emptied section.
        BinaryKind kind = header.Kind == BinaryKind.Executable && segments.Dynamic is null ? BinaryKind.Executable
            : segments.Dynamic is { FileSize: 0 } ? BinaryKind.DebugSymbols
            : BinaryKind.SharedLibrary;
        return kind == BinaryKind.SharedLibrary
            ? (segments, ElfDynamic.Read(file, header.Data, segments))
            : throw PreflightFailures.WrongKind(file.Path, kind);
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
