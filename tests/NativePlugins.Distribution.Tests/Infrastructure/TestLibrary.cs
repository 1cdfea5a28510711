using System.Buffers.Binary;

namespace NativePlugins.Distribution.Tests;

/// <summary>The libraries of the packages.</summary>
internal static class TestLibrary
{
    private const string Entry = "__attribute__((visibility(\"default\"))) int np_plugin_entry_v1(const void **d) { *d = 0; return 0; }";

    // ELF gABI, e_machine.
    private const int ElfMachine = 18;
    private const ushort X64 = 62, Arm64 = 183;

    private static readonly Lazy<byte[]> s_plugin = new(() => Compile(Entry));
    private static readonly Lazy<byte[]> s_noPlugin = new(() => Compile("int nothing;"));
    private static readonly Lazy<byte[]> s_managed = new(() => Compile(Entry + "__attribute__((visibility(\"default\"))) int DotNetRuntimeDebugHeader;"));
    private static readonly Lazy<byte[]> s_needy = new(() => Compile(Entry, "-Wl,--no-as-needed", CCompiler.Library("int absent;", "-Wl,-soname,libabsent.so")));

    /// <summary>The entry and nothing else: enough for every check before loading.</summary>
    public static byte[] Plugin => s_plugin.Value;

    /// <summary>A system with the other processor.</summary>
    public static string OtherSystem => PluginPackage.CurrentSystem == "linux-x64" ? "linux-arm64" : "linux-x64";

    /// <summary>The same for <see cref="OtherSystem"/>: only what its header says matters, as none of it runs.</summary>
    public static byte[] PluginForOtherSystem
    {
        get
        {
            byte[] library = Compile(Entry, "-nostdlib");
            BinaryPrimitives.WriteUInt16LittleEndian(library.AsSpan(ElfMachine), OtherSystem == "linux-x64" ? X64 : Arm64);
            return library;
        }
    }

    /// <summary>A library that is no plugin.</summary>
    public static byte[] NoPlugin => s_noPlugin.Value;

    /// <summary>It looks as if NativeAOT had compiled it.</summary>
    public static byte[] Managed => s_managed.Value;

    /// <summary>It needs libabsent.so, which is nowhere.</summary>
    public static byte[] Needy => s_needy.Value;

    private static byte[] Compile(string source, params string[] options) => File.ReadAllBytes(CCompiler.Library(source, options));
}
