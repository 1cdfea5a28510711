using System.Runtime.InteropServices;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;

namespace NativePlugins.Binary.Tests;

public sealed class PreflightOtherFormatsTests : IDisposable
{
    private static readonly bool s_isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
    private static readonly uint s_thisCpu = s_isArm ? CraftedMachO.Arm64 : CraftedMachO.X64;
    private static readonly uint s_otherCpu = s_isArm ? CraftedMachO.X64 : CraftedMachO.Arm64;
    private static readonly FileSystem s_mac = new SystemLike(BinaryFormat.MachO);
    private static readonly FileSystem s_windows = new SystemLike(BinaryFormat.Pe);

    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_Mach_O_library_is_for_another_machine_on_Linux()
    {
        var e = Libraries.Refused(BinaryErrors.Architecture, () => Libraries.Check(Write(CraftedMachO.Library())));
        Assert.Equal("Mach-O arm64, for macOS", e.Found);
    }

    [Fact]
    public void A_universal_library_is_named_with_its_architectures()
    {
        byte[] universal = CraftedMachO.Universal(CraftedMachO.Library(CraftedMachO.X64), CraftedMachO.Library());

        var e = Libraries.Refused(BinaryErrors.Architecture, () => Libraries.Check(Write(universal)));
        Assert.Equal("Mach-O universal (x86_64, arm64), for macOS", e.Found);
    }

    [Fact]
    public void A_PE_library_is_for_another_machine_on_Linux()
    {
        var e = Libraries.Refused(BinaryErrors.Architecture, () => Libraries.Check(Write(CraftedPe.Library())));
        Assert.Equal("PE 64-bit x86-64, for Windows", e.Found);
    }

    [Fact]
    public void A_managed_assembly_is_named_as_one_on_every_system()
    {
        var e = Libraries.Refused(BinaryErrors.Kind, () => Libraries.Check(typeof(Preflight).Assembly.Location));

        Assert.Equal("a managed .NET assembly", e.Found);
        Assert.Contains("NativeAOT", e.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_Mach_O_plugin_passes_on_a_Mac(bool withTrie)
    {
        BinaryImage image = Libraries.Check(Write(CraftedMachO.Library(s_thisCpu, withTrie: withTrie)), s_mac);

        Assert.True(image.ExportsEntry);
        Assert.Equal("@rpath/libx.dylib", image.Soname);
        Assert.Equal(["/usr/lib/libSystem.B.dylib"], image.Needed);
        Assert.Equal(["malloc"], Preflight.ReadSymbols(image.Path, FileSystem.Current, image.Target).Undefined.Select(symbol => symbol.Name));
    }

    [Fact]
    public void A_Mac_takes_its_part_of_a_universal_library()
    {
        byte[] universal = CraftedMachO.Universal(CraftedMachO.Library(s_otherCpu), CraftedMachO.Library(s_thisCpu));

        Assert.True(Libraries.Check(Write(universal), s_mac).ExportsEntry);
    }

    [Theory]
    [InlineData(1, "an object file")]
    [InlineData(2, "an executable")]
    [InlineData(10, "a file of debug symbols, without the code")]
    public void A_Mac_refuses_what_is_no_library(uint fileType, string found)
    {
        byte[] bytes = CraftedMachO.Library(s_thisCpu, fileType);

        Assert.Equal(found, Libraries.Refused(BinaryErrors.Kind, () => Libraries.Check(Write(bytes), s_mac)).Found);
    }

    [Fact]
    public void A_Mac_refuses_a_library_for_a_telephone()
    {
        byte[] bytes = CraftedMachO.Library(s_thisCpu, platform: 2);

        Assert.EndsWith("for iOS", Libraries.Refused(BinaryErrors.Architecture, () => Libraries.Check(Write(bytes), s_mac)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_major_version_is_seen_in_Mach_O_and_PE()
    {
        byte[] mac = CraftedMachO.Library(s_thisCpu, entry: "_np_plugin_entry_v2");
        byte[] windows = CraftedPe.Library(ThisMachine(), export: "np_plugin_entry_v3");

        Assert.Equal("major version 2", Libraries.Refused(BinaryErrors.AbiVersion, () => Libraries.Check(Write(mac), s_mac)).Found);
        Assert.Equal("major version 3", Libraries.Refused(BinaryErrors.AbiVersion, () => Libraries.Check(Write(windows), s_windows)).Found);
    }

    [Fact]
    public void A_PE_plugin_passes_on_Windows()
    {
        BinaryImage image = Libraries.Check(Write(CraftedPe.Library(ThisMachine())), s_windows);

        Assert.True(image.ExportsEntry);
        Assert.Equal("x.dll", image.Soname);
        Assert.Equal(["KERNEL32.dll"], image.Needed);
    }

    [Fact]
    public void Windows_refuses_an_executable_and_a_library_without_the_entry()
    {
        Libraries.Refused(BinaryErrors.Kind, () => Libraries.Check(Write(CraftedPe.Library(ThisMachine(), isDll: false)), s_windows));
        Libraries.Refused(BinaryErrors.EntryMissing, () => Libraries.Check(Write(CraftedPe.Library(ThisMachine(), export: "x")), s_windows));
    }

    [Fact]
    public void A_Mac_and_Windows_refuse_an_ELF_library()
    {
        Libraries.Refused(BinaryErrors.Architecture, () => Libraries.Check(CCompiler.Plugin(), s_mac));
        Libraries.Refused(BinaryErrors.Architecture, () => Libraries.Check(CCompiler.Plugin(), s_windows));
    }

    private static ushort ThisMachine() => s_isArm ? (ushort)0xAA64 : (ushort)0x8664;

    private string Write(byte[] bytes) => _temp.WriteFile("library", bytes);
}
