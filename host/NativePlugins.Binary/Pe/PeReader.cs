using System.Reflection.PortableExecutable;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Pe;

/// <summary>Reads a PE library: Microsoft's "PE Format". The headers are read by System.Reflection.PortableExecutable.</summary>
internal static class PeReader
{
    public static BinaryImage Read(BinaryFile file, BinaryTarget? requireTarget, BinaryEntryPoint? entry)
    {
        PEHeaders headers = ReadHeaders(file);
        PEHeader optional = headers.PEHeader!;
        var target = new BinaryTarget(
            BinaryFormat.Pe, optional.Magic == PEMagic.PE32Plus ? 64 : 32, true, PeMachine.NameOf(headers.CoffHeader.Machine), "Windows");

        // A managed assembly fits every machine. A build that was not published leaves one, and saying so helps more than naming the machine.
        if (requireTarget is not null && optional.CorHeaderTableDirectory.Size > 0)
        {
            throw PreflightFailures.WrongKind(file.Path, BinaryKind.ManagedAssembly).ToException();
        }

        PreflightFailures.ThrowIfOtherTarget(file.Path, target, requireTarget);
        foreach (SectionHeader section in headers.SectionHeaders)
        {
            ulong end = (ulong)(uint)section.PointerToRawData + (uint)section.SizeOfRawData;
            if (end > file.Size)
            {
                throw FileFailures.TooShort(file.Path, $"section {UntrustedText.Quote(section.Name)}", end, file.Size).ToException();
            }
        }

        BinaryKind kind = optional.CorHeaderTableDirectory.Size > 0 ? BinaryKind.ManagedAssembly : headers.IsDll ? BinaryKind.SharedLibrary : BinaryKind.Executable;
        if (requireTarget is not null && kind != BinaryKind.SharedLibrary)
        {
            throw PreflightFailures.WrongKind(file.Path, kind).ToException();
        }

        var tables = new PeTables(file, headers);
        var exports = new PeExports(tables);
        List<PeImport> libraries = new PeImports(tables).ReadLibraries();
        var image = new BinaryImage
        {
            Path = file.Path,
            Status = file.Status,
            Target = target,
            Kind = kind,
            Soname = exports.ReadLibraryName(),
            Needed = [.. libraries.Select(library => library.Name)],
            DelayedNeeded = libraries.Where(library => library.IsDelayed).Select(library => library.Name)
                .Except(libraries.Where(library => !library.IsDelayed).Select(library => library.Name)).ToHashSet(),
        };
        return ExportedNames.Apply(image, exports.Read().ConvertAll(symbol => symbol.Name), entry);
    }

    public static BinarySymbols ReadSymbols(BinaryFile file)
    {
        var tables = new PeTables(file, ReadHeaders(file));
        return new BinarySymbols
        {
            Exports = new PeExports(tables).Read(),
            Undefined = new PeImports(tables).ReadNames(),
        };
    }

    internal static PEHeaders ReadHeaders(BinaryFile file)
    {
        if (file.Size > int.MaxValue)
        {
            throw file.Malformed("size", $"at most {int.MaxValue:N0} bytes", $"{file.Size:N0}");
        }

        try
        {
            var headers = new PEHeaders(new BinaryFileStream(file), (int)file.Size);
            return headers.PEHeader is not null
                ? headers
                : throw file.Malformed("optional header", "one, as every library has", "none");
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or ArgumentException or OverflowException
            or InvalidOperationException)
        {
            throw file.Malformed("PE headers", "headers as the PE Format describes them", UntrustedText.Escape(e.Message));
        }
    }
}
