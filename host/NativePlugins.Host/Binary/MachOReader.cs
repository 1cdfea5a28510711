namespace NativePlugins.Host;

/// <summary>Reads a thin or universal Mach-O library: mach-o/loader.h, mach-o/fat.h.</summary>
internal static class MachOReader
{
    private const uint IdDylib = 0xD;
    private const uint Segment64 = 0x19;
    private const uint RunPath = 0x8000001C;

    public static BinaryImage Read(BinaryFile file, BinaryTarget? requireTarget)
    {
        MachOHeader header = Choose(file, requireTarget);
        if (requireTarget is not null && header.Kind != BinaryKind.SharedLibrary)
        {
            throw PreflightFailures.WrongKind(file.Path, header.Kind);
        }

        string? soname = null;
        var needed = new List<string>();
        var runPaths = new List<string>();
        foreach ((uint Number, int Offset, int Size) command in header.Commands)
        {
            switch (command.Number)
            {
                case IdDylib:
                    soname = header.Text(command, 8);
                    break;
                case 0xC or 0x80000018 or 0x8000001F: // LC_LOAD_DYLIB, LC_LOAD_WEAK_DYLIB, LC_REEXPORT_DYLIB
                    needed.Add(header.Text(command, 8));
                    break;
                case RunPath:
                    runPaths.Add(header.Text(command, 8));
                    break;
                case Segment64:
                    CheckSegment(file, header, command);
                    break;
                default:
                    break;
            }
        }

        var image = new BinaryImage
        {
            Path = file.Path,
            Status = file.Status,
            Target = header.Target,
            Kind = header.Kind,
            Soname = soname,
            Needed = needed,
            RunPath = runPaths.Count == 0 ? null : string.Join(':', runPaths),
        };
        return ExportedNames.Apply(image, MachOExports.ReadExports(file, header));
    }

    public static BinarySymbols ReadSymbols(BinaryFile file)
    {
        MachOHeader header = Choose(file, null);
        return new BinarySymbols
        {
            Exports = ExportedNames.ToSymbols(MachOExports.ReadExports(file, header)),
            Undefined = ExportedNames.ToSymbols(MachOExports.ReadSymbols(file, header, undefined: true)),
        };
    }

    /// <summary>The part for the required target; else, where none is required, the first.</summary>
    private static MachOHeader Choose(BinaryFile file, BinaryTarget? requireTarget)
    {
        var headers = new List<MachOHeader>();
        foreach (MachOSlice slice in MachOSlice.ReadAll(file))
        {
            MachOHeader header = MachOHeader.Read(file, slice);
            if (requireTarget is null || header.Target == requireTarget)
            {
                return header;
            }

            headers.Add(header);
        }

        if (headers.Count == 1)
        {
            PreflightFailures.ThrowIfOtherTarget(file.Path, headers[0].Target, requireTarget);
        }

        string architectures = string.Join(", ", headers.ConvertAll(header => header.Target.Architecture));
        throw PreflightFailures.OtherTarget(
            file.Path, $"Mach-O universal ({architectures}), for {headers[0].Target.System}", requireTarget!.Value);
    }

    private static void CheckSegment(BinaryFile file, MachOHeader header, (uint Number, int Offset, int Size) command)
    {
        ulong offset = header.Field64(command, 40);
        ulong size = header.Field64(command, 48);
        if (offset > header.Slice.Size || size > header.Slice.Size - offset)
        {
            throw FileFailures.TooShort(file.Path, "a segment", offset > ulong.MaxValue - size ? ulong.MaxValue : offset + size, header.Slice.Size);
        }
    }
}
