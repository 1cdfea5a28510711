using System.Globalization;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace NativePlugins.Binary.Model;

/// <summary>Names for a PE file's machine: PE Format, "Machine Types".</summary>
internal static class PeMachine
{
    public static string NameOf(Machine machine) => machine switch
    {
        Machine.I386 => "x86",
        Machine.Amd64 => "x86-64",
        Machine.Arm64 => "ARM64",
        Machine.Arm or Machine.ArmThumb2 => "ARM",
        _ => string.Create(CultureInfo.InvariantCulture, $"machine 0x{(ushort)machine:X}"),
    };

    public static string NameOf(Architecture architecture) => architecture switch
    {
        Architecture.X86 => NameOf(Machine.I386),
        Architecture.X64 => NameOf(Machine.Amd64),
        Architecture.Arm64 => NameOf(Machine.Arm64),
        _ => NameOf(Machine.ArmThumb2),
    };
}
