using System.Globalization;
using System.Runtime.InteropServices;

namespace NativePlugins.Binary.Model;

/// <summary>Names for a Mach-O file's processor and platform: mach/machine.h, mach-o/loader.h.</summary>
internal static class MachOMachine
{
    private const uint SubtypeMask = 0x00FFFFFF;

    public static string NameOf(uint cpuType, uint cpuSubtype) => cpuType switch
    {
        7 => "i386",
        0x01000007 => "x86_64",
        12 => "arm",
        0x0100000C => (cpuSubtype & SubtypeMask) == 2 ? "arm64e" : "arm64",
        0x0200000C => "arm64_32",
        18 => "ppc",
        0x01000012 => "ppc64",
        _ => string.Create(CultureInfo.InvariantCulture, $"processor 0x{cpuType:X}"),
    };

    public static string NameOf(Architecture architecture) =>
        architecture == Architecture.Arm64 ? "arm64" : "x86_64";

    public static string PlatformOf(uint platform) => platform switch
    {
        1 => "macOS",
        2 => "iOS",
        3 => "tvOS",
        4 => "watchOS",
        6 => "Mac Catalyst",
        7 => "iOS Simulator",
        11 => "visionOS",
        _ => string.Create(CultureInfo.InvariantCulture, $"platform {platform}"),
    };
}
