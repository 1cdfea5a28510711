using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.MachO;
using NativePlugins.Binary.Tests.Inspection;
using NativePlugins.Conform;

namespace NativePlugins.Binary.Tests;

/// <summary>Code signatures in libraries that lld has linked for macOS. The reader needs no Mac.</summary>
public sealed class MachOSignatureTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();

    [Theory]
    [ForeignLibrary("macos-arm64")]
    public void The_linker_signs_for_arm64_ad_hoc(string name)
    {
        MachOSignature? signature = Read(ForeignLibraries.Make(name));

        Assert.True(signature?.IsAdHoc);
        Assert.True(signature?.IsLinkerSigned);
        Assert.Null(signature?.Team);
        Assert.Equal("signed ad hoc, by the linker", signature?.Describe());
    }

    [Theory]
    [ForeignLibrary("macos-arm64")]
    public void A_byte_for_byte_copy_keeps_its_signature(string name)
    {
        string copy = _temp.WriteFile("copy.dylib", File.ReadAllBytes(ForeignLibraries.Make(name)));

        Require(copy);
    }

    [Theory]
    [ForeignLibrary("macos-arm64")]
    public void Any_byte_that_was_changed_after_signing_is_found(string name)
    {
        byte[] bytes = File.ReadAllBytes(ForeignLibraries.Make(name));
        int signed = (int)LimitOf(bytes);
        foreach (int at in (int[])[64, 4096, signed / 2, signed - 1])
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 1;
            string path = _temp.WriteFile("changed.dylib", changed);

            if (at >= 4096)
            {
                var refusal = Libraries.Refused(BinaryErrors.CodeSignature, () => Require(path));
                Assert.Contains($"0x{at & ~4095:X}", refusal.Found, StringComparison.Ordinal);
            }
            else
            {
                Assert.Throws<BinaryException>(() => Require(path));
            }
        }
    }

    [Theory]
    [ForeignLibrary("macos-arm64", "llvm-strip")]
    public void What_strip_leaves_behind_is_read_as_it_is(string name)
    {
        // llvm-strip signs a library that it has changed again, as Apple's strip does.
        string copy = _temp.WriteFile("stripped.dylib", File.ReadAllBytes(ForeignLibraries.Make(name)));
        (int status, string output) = Child.RunWithErrors(Toolbox.Require("llvm-strip"), "-x", copy);
        Assert.True(status == 0, output);

        Require(copy);
    }

    [Theory]
    [ForeignLibrary("macos-x86_64")]
    public void A_library_for_x86_64_needs_no_signature(string name)
    {
        string library = ForeignLibraries.Make(name);

        Assert.Null(Read(library));
        Require(library);
    }

    [Theory]
    [ForeignLibrary("macos-universal")]
    public void In_a_universal_library_each_part_has_its_own(string name)
    {
        using BinaryFile file = BinaryFile.Open(ForeignLibraries.Make(name), FileSystem.Current);

        foreach (MachOSlice slice in MachOSlice.ReadAll(file))
        {
            MachOHeader header = MachOHeader.Read(file, slice);
            Assert.Equal(header.Target.Architecture == "arm64", MachOSignature.Read(file, header) is not null);
            MachOSignature.Require(file, header);
        }
    }

    [Fact]
    public void A_library_for_arm64_without_a_signature_is_refused_before_it_is_loaded()
    {
        string path = _temp.WriteFile("libx.dylib", CraftedMachO.Library(CraftedMachO.Arm64));

        var refusal = Libraries.Refused(BinaryErrors.CodeSignature, () => Require(path));

        Assert.Equal("NP2011", refusal.Code);
        Assert.Contains("codesign --force --sign -", refusal.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [ForeignLibrary("macos-arm64")]
    public void A_signature_with_any_byte_changed_is_read_or_refused_and_nothing_else(string name)
    {
        byte[] bytes = File.ReadAllBytes(ForeignLibraries.Make(name));
        int start = (int)LimitOf(bytes);
        string path = _temp["damaged.dylib"];
        for (int at = start; at < Math.Min(bytes.Length, start + 200); at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 0xFF;
            _temp.WriteFile("damaged.dylib", changed);
            try
            {
                Require(path);
            }
            catch (BinaryException)
            {
                // The file was refused.
            }
        }
    }

    [Theory]
    [ForeignLibrary("macos-arm64")]
    public void A_signature_tells_who_has_signed(string name) =>
        Assert.Equal("signed ad hoc, by the linker", Read(ForeignLibraries.Make(name))!.Describe());

    public void Dispose() => _temp.Dispose();

    private static MachOSignature? Read(string path)
    {
        using BinaryFile file = BinaryFile.Open(path, FileSystem.Current);
        return MachOSignature.Read(file, HeaderOf(file));
    }

    private static void Require(string path)
    {
        using BinaryFile file = BinaryFile.Open(path, FileSystem.Current);
        MachOSignature.Require(file, HeaderOf(file));
    }

    private static MachOHeader HeaderOf(BinaryFile file) => MachOHeader.Read(file, Assert.Single(MachOSlice.ReadAll(file)));

    /// <summary>The offset at which the signature begins, and what is signed ends.</summary>
    private static uint LimitOf(byte[] library)
    {
        int at = 32;
        while (BitConverter.ToUInt32(library, at) != 0x1D)
        {
            at += (int)BitConverter.ToUInt32(library, at + 4);
        }

        return BitConverter.ToUInt32(library, at + 8);
    }
}
