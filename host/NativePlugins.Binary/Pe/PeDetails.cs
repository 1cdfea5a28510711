using System.Globalization;
using System.Reflection.PortableExecutable;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Pe;

/// <summary>What a PE file says beyond what loading depends on: PE Format, "Optional Header", "Debug Directory".</summary>
internal static class PeDetails
{
    private const int ControlFlowGuard = 0x4000; // IMAGE_DLLCHARACTERISTICS_GUARD_CF

    public static BinaryDetails Read(BinaryFile file, BinaryImage image)
    {
        PEHeaders headers = PeReader.ReadHeaders(file);
        PEHeader optional = headers.PEHeader!;
        List<BinarySegment> segments = [.. headers.SectionHeaders.Select(ToPublic)];
        bool isCPlusPlus = image.Needed.Any(name => name.StartsWith("msvcp", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("libstdc++", StringComparison.OrdinalIgnoreCase));
        return new BinaryDetails
        {
            Segments = segments,
            Hardening = new BinaryHardening
            {
                HasExecutableStack = (optional.DllCharacteristics & DllCharacteristics.NxCompatible) == 0,
                HasWritableCode = segments.Exists(segment => segment.IsWritableCode),
                IsPositionIndependent = (optional.DllCharacteristics & DllCharacteristics.DynamicBase) != 0,
                HasControlFlowGuard = ((int)optional.DllCharacteristics & ControlFlowGuard) != 0,
            },
            MinimumSystem =
            [
                new BinaryRequirement("Windows", string.Create(
                    CultureInfo.InvariantCulture, $"{optional.MajorSubsystemVersion}.{optional.MinorSubsystemVersion}")),
            ],
            BuildId = PeDebugFile.ReadGuid(new PeTables(file, headers)),
            Toolchain = image.IsNativeAot ? new("C#", ".NET NativeAOT", null, null)
                : image.Kind == BinaryKind.ManagedAssembly ? new(null, ".NET", null, null)
                : new(isCPlusPlus ? "C++" : null, null, null, null),
        };
    }

    private static BinarySegment ToPublic(SectionHeader section) => new(
        section.Name, (uint)section.VirtualAddress, (uint)section.VirtualSize, (uint)section.SizeOfRawData,
        BinarySegment.Describe(
            (section.SectionCharacteristics & SectionCharacteristics.MemRead) != 0,
            (section.SectionCharacteristics & SectionCharacteristics.MemWrite) != 0,
            (section.SectionCharacteristics & SectionCharacteristics.MemExecute) != 0));
}
