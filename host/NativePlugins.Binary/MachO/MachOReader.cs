using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.MachO;

/// <summary>Reads a thin or universal Mach-O library: mach-o/loader.h, mach-o/fat.h.</summary>
internal static class MachOReader
{
    private const uint IdDylib = 0xD;
    private const uint Segment64 = 0x19;
    private const uint WeakDylib = 0x80000018;
    private const uint BuildVersion = 0x32;
    private const uint RunPath = 0x8000001C;
    private const uint ReexportedDylib = 0x8000001F;

    // dyld looks into its fallback directories for libraries that were built before this version: dyld/MachOFile, "pre2022Binary".
    private const uint SdkWithoutFallbacks = 13 << 16;

    public static BinaryImage Read(BinaryFile file, BinaryTarget? requireTarget, BinaryTarget? preferTarget, BinaryEntryPoint? entry)
    {
        MachOHeader header = Choose(file, requireTarget, preferTarget);
        if (requireTarget is not null && header.Kind != BinaryKind.SharedLibrary)
        {
            throw PreflightFailures.WrongKind(file.Path, header.Kind).ToException();
        }

        if (requireTarget is not null)
        {
            RequireLoadable(file, header);
        }

        string? soname = null;
        uint sdk = 0;
        var runPaths = new List<string>();
        foreach ((uint Number, int Offset, int Size) command in header.Commands)
        {
            switch (command.Number)
            {
                case IdDylib:
                    soname = header.Text(command, 8);
                    break;
                case RunPath:
                    runPaths.Add(header.Text(command, 8));
                    break;
                case BuildVersion:
                    sdk = header.Field(command, 16);
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
            Needed = NeededBy(header),
            IgnoresDefaultDirectories = sdk >= SdkWithoutFallbacks,
            WeakNeeded = NamesOf(header, WeakDylib),
            ReexportedNeeded = NamesOf(header, ReexportedDylib),
            RunPath = runPaths.Count == 0 ? null : string.Join(':', runPaths),
        };
        return ExportedNames.Apply(image, MachOExports.ReadExports(file, header), entry);
    }

    /// <summary>Checks what matters only to loading.</summary>
    public static void CheckLoad(BinaryFile file, BinaryTarget target) => RequireLoadable(file, ChooseLike(file, target));

    public static BinarySymbols ReadSymbols(BinaryFile file, BinaryTarget? preferTarget)
    {
        MachOHeader header = Choose(file, null, preferTarget);
        return new BinarySymbols
        {
            Exports = ExportedNames.ToSymbols(MachOExports.ReadExports(file, header)),
            Undefined = MachOExports.ReadUndefined(file, header, NeededBy(header)),
            NeededVersions = ReadVersions(header),
        };
    }

    /// <summary>The part of a universal file that was chosen before.</summary>
    public static MachOHeader ChooseLike(BinaryFile file, BinaryTarget target) => Choose(file, target, null);

    private static void RequireLoadable(BinaryFile file, MachOHeader header)
    {
        MachOLoadCheck.Require(file, header);
        MachOSignature.Require(file, header);
    }

    private static List<string> NeededBy(MachOHeader header) =>
        [.. header.Commands.Where(IsNeeded).Select(command => header.Text(command, 8))];

    private static HashSet<string> NamesOf(MachOHeader header, uint number) =>
        [.. header.Commands.Where(command => command.Number == number).Select(command => header.Text(command, 8))];

    /// <summary>The least version of each needed library that the loader accepts.</summary>
    private static List<BinaryVersionNeed> ReadVersions(MachOHeader header) =>
    [
        .. header.Commands.Where(IsNeeded).Select(command => new BinaryVersionNeed(
            header.Text(command, 8), MachODetails.VersionText(header.Field(command, 20)), command.Number == WeakDylib)),
    ];

    /// <summary>LC_LOAD_DYLIB, LC_LOAD_WEAK_DYLIB, LC_REEXPORT_DYLIB, LC_LOAD_UPWARD_DYLIB.</summary>
    private static bool IsNeeded((uint Number, int Offset, int Size) command) =>
        command.Number is 0xC or WeakDylib or ReexportedDylib or 0x80000023;

    /// <summary>The part for the required target. If none is required, the preferred part, or the first.</summary>
    private static MachOHeader Choose(BinaryFile file, BinaryTarget? requireTarget, BinaryTarget? preferTarget)
    {
        var headers = new List<MachOHeader>();
        foreach (MachOSlice slice in MachOSlice.ReadAll(file))
        {
            MachOHeader header = MachOHeader.Read(file, slice);
            if (header.Target == (requireTarget ?? preferTarget))
            {
                return header;
            }

            headers.Add(header);
        }

        if (requireTarget is null)
        {
            return headers[0];
        }

        if (headers.Count == 1)
        {
            PreflightFailures.ThrowIfOtherTarget(file.Path, headers[0].Target, requireTarget);
        }

        string architectures = string.Join(", ", headers.ConvertAll(header => header.Target.Architecture));
        throw PreflightFailures.OtherTarget(
            file.Path, $"Mach-O universal ({architectures}), for {headers[0].Target.System}", requireTarget!.Value).ToException();
    }

    private static void CheckSegment(BinaryFile file, MachOHeader header, (uint Number, int Offset, int Size) command)
    {
        ulong offset = header.Field64(command, 40);
        ulong size = header.Field64(command, 48);
        if (offset > header.Slice.Size || size > header.Slice.Size - offset)
        {
            throw FileFailures.TooShort(file.Path, "a segment", offset > ulong.MaxValue - size ? ulong.MaxValue : offset + size, header.Slice.Size).ToException();
        }
    }
}
