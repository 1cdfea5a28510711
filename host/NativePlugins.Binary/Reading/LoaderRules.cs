using NativePlugins.Binary.Elf;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Reading;

/// <summary>What the system's loader refuses in any well-formed library for this machine: docs/loader-refusals.md has the whole list.</summary>
internal static class LoaderRules
{
    /// <summary>Every reason to refuse the library, in the loader's order.</summary>
    public static IEnumerable<BinaryReason> Judge(BinaryImage image)
    {
        if (image.ForbidsOpening)
        {
            yield return new BinaryReason(BinaryErrors.NotOpenable, $"{UntrustedText.Quote(image.Path)} forbids to be opened while a program runs.")
            {
                Expected = "a library without DF_1_NOOPEN",
                Found = "DT_FLAGS_1 with DF_1_NOOPEN",
            };
        }

        if (image.LacksRelocationMarker)
        {
            yield return new BinaryReason(BinaryErrors.PackedRelocations, $"{UntrustedText.Quote(image.Path)} has packed relocations and does not say so.")
            {
                Expected = "DT_VERNEED with the version GLIBC_ABI_DT_RELR of the C library, as there is DT_RELR",
                Found = "no such version",
            };
        }

        if ((image.ProcessorLevels & ~ElfProcessorLevel.OfThisProcessor) != 0)
        {
            yield return new BinaryReason(BinaryErrors.ProcessorLevel, $"{UntrustedText.Quote(image.Path)} was built for a newer processor.")
            {
                Expected = $"at most {ElfProcessorLevel.Describe(ElfProcessorLevel.OfThisProcessor)}, which this processor has",
                Found = $"{ElfProcessorLevel.Describe(image.ProcessorLevels)} (GNU_PROPERTY_X86_ISA_1_NEEDED, 0x{image.ProcessorLevels:X})",
            };
        }
    }
}
