using System.Globalization;
using System.Text;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.MachO;

/// <summary>What a Mach-O file says beyond what loading it depends on: mach-o/loader.h.</summary>
internal static class MachODetails
{
    private const uint AllowStackExecution = 0x20000;
    private const uint PositionIndependent = 0x200000;
    private const uint Uuid = 0x1B;
    private const uint BuildVersion = 0x32;
    private const uint Segment32 = 0x1;
    private const uint Segment64 = 0x19;

    public static BinaryDetails Read(BinaryFile file, BinaryImage image)
    {
        MachOHeader header = MachOReader.ChooseLike(file, image.Target);
        var segments = new List<BinarySegment>();
        var minimum = new List<BinaryRequirement>();
        var sections = new HashSet<string>();
        string? uuid = null;
        int constructors = 0;
        int destructors = 0;
        foreach ((uint Number, int Offset, int Size) command in header.Commands)
        {
            switch (command.Number)
            {
                case Segment32 or Segment64:
                    segments.Add(ReadSegment(header, command));
                    CountSections(header, command, sections, ref constructors, ref destructors);
                    break;
                case Uuid when command.Size >= 24:
                    uuid = Convert.ToHexStringLower(header.Bytes(command)[8..24]);
                    break;
                case BuildVersion:
                    minimum.Add(new BinaryRequirement(header.Target.System, VersionText(header.Field(command, 12))));
                    break;
                case 0x24 or 0x25 or 0x2F or 0x30: // LC_VERSION_MIN_MACOSX, _IPHONEOS, _TVOS, _WATCHOS
                    minimum.Add(new BinaryRequirement(header.Target.System, VersionText(header.Field(command, 8))));
                    break;
                default:
                    break;
            }
        }

        return new BinaryDetails
        {
            Segments = segments,
            Constructors = constructors,
            Destructors = destructors,
            Hardening = new BinaryHardening
            {
                HasExecutableStack = (header.Flags & AllowStackExecution) != 0,
                HasWritableCode = segments.Exists(segment => segment.IsWritableCode),
                IsPositionIndependent = header.Kind == BinaryKind.SharedLibrary || (header.Flags & PositionIndependent) != 0,
            },
            MinimumSystem = minimum,
            BuildId = uuid,
            Toolchain = FindToolchain(image, sections),
        };
    }

    /// <summary>A version that is packed into four or two bytes: <c>xxxx.yy.zz</c>.</summary>
    public static string VersionText(uint packed) => (packed & 0xFF) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{packed >> 16}.{(packed >> 8) & 0xFF}")
        : string.Create(CultureInfo.InvariantCulture, $"{packed >> 16}.{(packed >> 8) & 0xFF}.{packed & 0xFF}");

    private static BinarySegment ReadSegment(MachOHeader header, (uint Number, int Offset, int Size) command)
    {
        bool is64 = command.Number == Segment64;
        uint protection = header.Field(command, is64 ? 60 : 44); // initprot
        return new BinarySegment(
            FixedText(header.Bytes(command), 8),
            is64 ? header.Field64(command, 24) : header.Field(command, 24),
            is64 ? header.Field64(command, 32) : header.Field(command, 28),
            is64 ? header.Field64(command, 48) : header.Field(command, 36),
            BinarySegment.Describe((protection & 1) != 0, (protection & 2) != 0, (protection & 4) != 0));
    }

    private static void CountSections(
        MachOHeader header, (uint Number, int Offset, int Size) command, HashSet<string> names, ref int constructors, ref int destructors)
    {
        bool is64 = command.Number == Segment64;
        int headerSize = is64 ? 72 : 56;
        int entrySize = is64 ? 80 : 68;
        for (int at = headerSize; at + entrySize <= command.Size; at += entrySize)
        {
            names.Add(FixedText(header.Bytes(command), at));
            ulong size = is64 ? header.Field64(command, at + 40) : header.Field(command, at + 36);
            uint type = header.Field(command, at + (is64 ? 64 : 56)) & 0xFF;
            ulong pointer = is64 ? 8u : 4u;
            constructors += type switch
            {
                0x9 => (int)Math.Min(size / pointer, 1 << 20), // S_MOD_INIT_FUNC_POINTERS
                0x16 => (int)Math.Min(size / 4, 1 << 20),      // S_INIT_FUNC_OFFSETS
                _ => 0,
            };
            destructors += type == 0xA ? (int)Math.Min(size / pointer, 1 << 20) : 0; // S_MOD_TERM_FUNC_POINTERS
        }
    }

    private static BinaryToolchain FindToolchain(BinaryImage image, HashSet<string> sections)
    {
        bool isCPlusPlus = image.Needed.Any(name => name.Contains("libc++.", StringComparison.Ordinal));
        return image.IsNativeAot || sections.Contains("__managedcode") ? new("C#", ".NET NativeAOT", null, null)
            : sections.Contains("__go_buildinfo") ? new("Go", "Go", null, null)
            : new(isCPlusPlus ? "C++" : null, null, null, null);
    }

    private static string FixedText(ReadOnlySpan<byte> bytes, int at)
    {
        const int Length = 16;
        if (at + Length > bytes.Length)
        {
            return string.Empty;
        }

        ReadOnlySpan<byte> text = bytes.Slice(at, Length);
        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }
}
