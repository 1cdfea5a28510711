using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Inspection;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;
using NativePlugins.Binary.Tests.Inspection;
using NativePlugins.Conform;

namespace NativePlugins.Binary.Tests;

/// <summary>Of a file only what is needed is read, and only once.</summary>
public sealed class ReadOnceTests : IDisposable
{
    private static readonly BinaryInspectionOptions s_asLibrary = new() { RequireEntryPoint = false };

    private readonly TemporaryDirectory _temp = new();
    private readonly CountingSystem _system = new();

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string> HashStyles => ["gnu", "sysv", "both"];

    [Theory]
    [MemberData(nameof(HashStyles))]
    public void The_checks_before_loading_read_no_byte_of_a_plugin_twice(string hashStyle)
    {
        string path = LargePlugin(hashStyle);

        Assert.True(Libraries.Check(path, _system).ExportsEntry);

        Assert.Empty(_system.FindRepeated(path));
        Assert.Equal(1, _system.CountOpened(path));
    }

    [Theory]
    [MemberData(nameof(HashStyles))]
    public void An_inspection_reads_no_byte_of_a_plugin_twice(string hashStyle)
    {
        string path = LargePlugin(hashStyle);

        Assert.True(new Inspector(new BinaryInspectionOptions { EntryPoint = Libraries.Entry }, _system, libraryPath: null).Inspect(path).Verdict.IsLoadable);

        Assert.Empty(_system.FindRepeated(path));
        Assert.Equal(1, _system.CountOpened(path));
    }

    [LinuxFact]
    public void No_byte_of_a_library_of_the_system_is_read_twice()
    {
        IReadOnlyList<string> libraries = SystemLibraries.Find();
        foreach (string path in libraries.Where((_, index) => index % Math.Max(1, libraries.Count / 24) == 0))
        {
            var loading = new CountingSystem();
            _ = Record.Exception(() => Preflight.Read(path, loading, BinaryTarget.OfProcess(loading)));
            var inspecting = new CountingSystem();
            new Inspector(s_asLibrary, inspecting, libraryPath: null).Inspect(path);

            Assert.Empty(loading.FindRepeated(path));
            Assert.Empty(inspecting.FindRepeated(path));
        }
    }

    [Theory]
    [ForeignSample]
    public void No_byte_of_a_library_for_another_system_is_read_twice(string path)
    {
        Assert.True(new Inspector(s_asLibrary, _system, libraryPath: null).Inspect(path).Format is not null);

        Assert.Empty(_system.FindRepeated(path));
    }

    [Fact]
    public void No_byte_of_what_an_inspected_library_needs_is_read_twice_whatever_paths_lead_there()
    {
        string path = CCompiler.Plugin("-Wl,--no-as-needed", "-lm");

        new Inspector(new BinaryInspectionOptions { EntryPoint = Libraries.Entry }, _system, libraryPath: null).Inspect(path);

        string[] needed = [.. _system.Reads.Select(read => read.Path).Where(opened => opened != path).Distinct()];
        Assert.Contains(needed, library => Path.GetFileName(library) == "libm.so.6");
        Assert.All(needed, library => Assert.Empty(_system.FindRepeated(library)));
        Assert.All(needed, library => Assert.Equal(1, _system.CountOpened(library)));
    }

    [LinuxFact]
    public void No_byte_of_a_private_library_is_read_twice_though_it_is_checked_as_a_plugin_is()
    {
        string helper = CCompiler.Library("#include <stdio.h>\nint helper(void) { return puts(\"\"); }", "-Wl,-soname,libread_once.so");
        string needed = _temp["libread_once.so"];
        File.Copy(helper, needed);
        string plugin = _temp["plugin.so"];
        File.Copy(CCompiler.Library("int helper(void); int np_plugin_entry_v1(void) { return helper(); }", helper, "-Wl,-rpath,$ORIGIN"), plugin);

        Assert.True(new Inspector(new BinaryInspectionOptions { EntryPoint = Libraries.Entry }, _system, libraryPath: null).Inspect(plugin).Verdict.IsLoadable);

        Assert.Empty(_system.FindRepeated(needed));
        Assert.Equal(1, _system.CountOpened(needed));
    }

    [Fact]
    public void Code_data_and_debug_information_are_not_read()
    {
        string path = CCompiler.Library(
            "int np_plugin_entry_v1(void) { return 0; } char data[4 << 20] = { 1 };"
            + "__asm__(\".section .text.padding,\\\"ax\\\",@progbits\\n.skip 4194304\\n.section .debug_padding,\\\"\\\",@progbits\\n.skip 4194304\\n.text\\n\");");

        Libraries.Check(path, _system);

        Assert.True(new FileInfo(path).Length > 12 << 20);
        Assert.InRange(_system.CountRead(path), 1UL, 64UL << 10);
    }

    [Fact]
    public void Whatever_is_read_in_whatever_order_each_byte_is_the_files_and_is_read_once()
    {
        byte[] content = new byte[100_000];
        new Random(6).NextBytes(content);
        string path = _temp.WriteFile("content", content);
        Gen<(int, int, bool)> reads = from start in Gen.Choose(0, content.Length)
                                      from length in Gen.OneOf(Gen.Choose(0, 64), Gen.Choose(0, content.Length))
                                      from isTable in ArbMap.Default.GeneratorFor<bool>()
                                      select (start, Math.Min(length, content.Length - start), isTable);

        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(reads.ListOf().ToArbitrary(), sequence =>
        {
            var system = new CountingSystem();
            using BinaryFile file = BinaryFile.Open(path, system);
            foreach ((int start, int length, bool isTable) in sequence)
            {
                byte[] copy = new byte[length];
                if (isTable)
                {
                    file.ReadTable((ulong)start, (ulong)length, "a table").CopyTo(copy);
                }
                else
                {
                    file.Read((ulong)start, copy, "bytes");
                }

                file.BeginPass();
                if (!copy.AsSpan().SequenceEqual(content.AsSpan(start, length)))
                {
                    return false;
                }
            }

            return !system.FindRepeated(path).Any();
        }));
    }

    [Fact]
    public void Bytes_are_found_wherever_they_stand_also_where_two_reads_meet()
    {
        byte[] content = new byte[300_000];
        byte[] wanted = [1, 2, 3, 4, 5];
        string path = _temp.WriteFile("content", content);
        foreach (int at in (int[])[0, 8190, 65_531, 65_532, 65_535, 65_536, 131_070, 299_995])
        {
            content.AsSpan().Clear();
            wanted.CopyTo(content, at);
            _temp.WriteFile("content", content);
            using BinaryFile file = BinaryFile.Open(path, _system);

            Assert.True(file.Contains(0, file.Size, wanted, "bytes"), $"at {at}");
            Assert.False(file.Contains(0, (ulong)at + 4, wanted, "bytes"), $"before {at}");
            Assert.False(file.Contains((ulong)at + 1, file.Size - (ulong)at - 1, wanted, "bytes"), $"after {at}");
        }
    }

    /// <summary>A plugin whose tables are many times larger than the first read of a file. It has every kind of table.</summary>
    private string LargePlugin(string hashStyle)
    {
        string functions = string.Concat(Enumerable.Range(0, 2000).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"int exported_function_number_{i}(void) {{ return {i}; }} void *data_{i} = &exported_function_number_{i};\n")));
        string script = _temp.WriteFile("versions", "V1 { global: *; };"u8);
        string compiled = CCompiler.Library(
            "#include <stdio.h>\nint np_plugin_entry_v1(void) { return puts(\"\"); } __attribute__((constructor)) static void start(void) { puts(\"\"); }\n" + functions,
            $"-Wl,--hash-style={hashStyle}", $"-Wl,--version-script={script}", "-g", "-Wl,-z,pack-relative-relocs");
        string path = _temp["large.so"];
        File.Copy(compiled, path);
        return path;
    }
}
