using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Reading;
using NativePlugins.Conform;

namespace NativePlugins.Binary.Tests;

/// <summary>Whatever its bytes are, a file is read or refused, quickly and within bounds.</summary>
public sealed class PreflightMutationTests : IDisposable
{
    private static readonly ulong[] s_telling =
    [
        0, 1, 2, 7, 8, 0x7F, 0xFF, 0xFFF, 0x1000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000,
        0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0xFFFFFFFFFFFFFFF8, 0xFFFFFFFFFFFFFFFF,
    ];

    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string> Bases =>
    [
        "ELF, DT_GNU_HASH", "ELF, DT_HASH", "Mach-O, trie", "Mach-O, symbols", "Mach-O, universal", "PE", "managed",
        .. ((string[])["macos-arm64", "macos-universal", "windows-x64", "linux-ppc"]).Where(name => ForeignLibraries.MissingToolsOf(name).Count == 0),
    ];

    [Theory]
    [MemberData(nameof(Bases))]
    public void A_changed_library_is_read_or_refused(string name)
    {
        byte[] original = Original(name);
        Gen<Mutation> mutation =
            from offset in Gen.OneOf(Gen.Choose(0, Math.Min(original.Length, 1024) - 1), Gen.Choose(0, original.Length - 1))
            from width in Gen.Elements(1, 2, 4, 8)
            from value in Gen.Elements(s_telling).Or(Gen.Choose(0, int.MaxValue).Select(number => (ulong)number))
            select new Mutation(offset, width, value);
        Gen<Mutation[]> mutations = Gen.Choose(1, 4).SelectMany(count => mutation.ArrayOf(count));

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(mutations.ToArbitrary(), changes => IsReadOrRefused(original, changes)));
    }

    [Fact]
    public void A_library_cut_anywhere_is_refused()
    {
        byte[] original = Original("ELF, DT_GNU_HASH");
        int end = LastLoadedByte(original);

        for (int length = 0; length < end; length += 37)
        {
            string path = _temp.WriteFile("cut.so", original.AsSpan(0, length));
            Assert.Throws<BinaryException>(() => Libraries.Check(path));
        }
    }

    private static byte[] Original(string name) => name switch
    {
        "ELF, DT_GNU_HASH" => File.ReadAllBytes(CCompiler.Plugin("-Wl,--hash-style=gnu", "-s")),
        "ELF, DT_HASH" => File.ReadAllBytes(CCompiler.Plugin("-Wl,--hash-style=sysv", "-s")),
        "Mach-O, trie" => CraftedMachO.Library(),
        "Mach-O, symbols" => CraftedMachO.Library(withTrie: false),
        "Mach-O, universal" => CraftedMachO.Universal(CraftedMachO.Library(), CraftedMachO.Library(CraftedMachO.X64)),
        "PE" => CraftedPe.Library(),
        not "managed" => File.ReadAllBytes(ForeignLibraries.Make(name)),
        _ => File.ReadAllBytes(typeof(Preflight).Assembly.Location),
    };

    private static int LastLoadedByte(byte[] elf)
    {
        int last = 0;
        int at = (int)BitConverter.ToUInt64(elf, 32);
        for (int i = 0; i < BitConverter.ToUInt16(elf, 56); i++, at += 56)
        {
            if (BitConverter.ToUInt32(elf, at) == 1)
            {
                last = Math.Max(last, (int)(BitConverter.ToUInt64(elf, at + 8) + BitConverter.ToUInt64(elf, at + 32)));
            }
        }

        return last;
    }

    private bool IsReadOrRefused(byte[] original, Mutation[] changes)
    {
        byte[] bytes = [.. original];
        foreach (Mutation change in changes)
        {
            byte[] value = BitConverter.GetBytes(change.Value);
            int width = Math.Min(change.Width, bytes.Length - change.Offset);
            value.AsSpan(0, width).CopyTo(bytes.AsSpan(change.Offset));
        }

        string path = _temp.WriteFile("changed", bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan start = ThreadTime.Now;
        ReadOrRefuse(() => Libraries.Check(path));
        ReadOrRefuse(() => Preflight.ReadSymbols(path, FileSystem.Current, Preflight.Read(path, FileSystem.Current).Target));
        ReadOrRefuse(() => Libraries.Inspect(path));
        return ThreadTime.Now - start < TimeSpan.FromSeconds(1)
            && GC.GetAllocatedBytesForCurrentThread() - before < (64 << 20);
    }

    private static void ReadOrRefuse(Action read)
    {
        try
        {
            read();
        }
        catch (BinaryException)
        {
            // To refuse it is as good as to read it.
        }
    }

    private sealed record Mutation(int Offset, int Width, ulong Value);
}
