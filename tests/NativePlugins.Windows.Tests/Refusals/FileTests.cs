using NativePlugins.Host;
using NativePlugins.Host.Verification;

namespace NativePlugins.Windows.Tests.Refusals;

/// <summary>What the file's own bytes say, before the system's loader sees it.</summary>
public sealed class FileTests : IDisposable
{
    private const int MachineOffset = 4;

    private readonly Scratch _scratch = new();

    [Fact]
    public void A_library_for_Linux_is_refused_as_built_for_another_system()
    {
        byte[] elf = new byte[64];
        "\x7f"u8.CopyTo(elf);
        "ELF\u0002\u0001\u0001"u8.CopyTo(elf.AsSpan(1));
        elf[16] = 3;
        elf[18] = 62;

        PluginException refusal = Hosts.Refusal(_scratch.Write("plugin.so", elf));

        Assert.Contains("ELF", refusal.ToString(), StringComparison.Ordinal);
        Assert.IsType<PluginArchitectureException>(refusal);
    }

    [Fact]
    public void A_library_for_macOS_is_refused_as_built_for_another_system()
    {
        byte[] machO = new byte[4096];
        BitConverter.TryWriteBytes(machO, 0xFEEDFACFu);
        BitConverter.TryWriteBytes(machO.AsSpan(4), 0x01000007);
        BitConverter.TryWriteBytes(machO.AsSpan(8), 3);
        BitConverter.TryWriteBytes(machO.AsSpan(12), 6);

        Assert.IsType<PluginArchitectureException>(Hosts.Refusal(_scratch.Write("plugin.dylib", machO)));
    }

    [Theory]
    [InlineData(0x014C)]
    [InlineData(0xAA64)]
    public void A_library_for_another_processor_is_refused(int machine)
    {
        byte[] bytes = File.ReadAllBytes(Material.Plugin("hello_c"));
        int header = BitConverter.ToInt32(bytes, 0x3C);
        BitConverter.TryWriteBytes(bytes.AsSpan(header + MachineOffset), (ushort)machine);

        Assert.IsType<PluginArchitectureException>(Hosts.Refusal(_scratch.Write("plugin.dll", bytes)));
    }

    [Fact]
    public void An_executable_is_not_a_library()
    {
        Assert.IsType<PluginKindException>(Hosts.Refusal(Material.Host));
    }

    [Fact]
    public void A_managed_assembly_is_named_as_such()
    {
        PluginException refusal = Hosts.Refusal(Material.Managed);

        Assert.IsType<PluginKindException>(refusal);
        Assert.Contains("managed", refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_empty_file_is_too_short()
    {
        Assert.IsType<PluginFileTooShortException>(Hosts.Refusal(_scratch.Write("plugin.dll")));
    }

    [Fact]
    public void A_text_is_not_a_library()
    {
        Assert.IsType<PluginFormatException>(Hosts.Refusal(_scratch.Write("plugin.dll", "not a library at all"u8.ToArray())));
    }

    [Fact]
    public void A_library_that_was_cut_short_is_refused()
    {
        byte[] bytes = File.ReadAllBytes(Material.Plugin("hello_c"));

        Assert.IsType<PluginFileTooShortException>(Hosts.Refusal(_scratch.Write("plugin.dll", bytes[..(bytes.Length / 2)])));
    }

    [Fact]
    public void A_library_of_the_system_is_not_a_plugin()
    {
        Assert.IsType<PluginEntryMissingException>(Hosts.Refusal(Path.Combine(Environment.SystemDirectory, "version.dll")));
    }

    [Fact]
    public void A_plugin_of_another_major_version_is_refused_by_its_exports()
    {
        Assert.IsType<PluginAbiVersionException>(Hosts.Refusal(_scratch.Copy("abi_entry_v2")));
    }

    [Fact]
    public void A_plugin_of_other_layouts_is_refused_by_its_description()
    {
        Assert.IsType<PluginLayoutException>(Hosts.Refusal(_scratch.Copy("wrong_layout_hash")));
    }

    [Fact]
    public void A_plugin_without_the_magic_number_is_refused()
    {
        Assert.IsType<PluginDescriptionException>(Hosts.Refusal(_scratch.Copy("wrong_magic")));
    }

    [Fact]
    public void A_manifest_that_says_something_else_is_refused()
    {
        string library = _scratch.Copy("echo");
        File.WriteAllText(Path.ChangeExtension(library, ".plugin.json"), """
            { "manifestVersion": 1, "id": "another", "version": "1.0.0", "abi": "1.0", "runtime": "none" }
            """);

        Assert.True(Hosts.Refusal(library) is PluginManifestMismatchException or PluginManifestException);
    }

    [Fact]
    public void A_manifest_that_is_no_JSON_is_refused()
    {
        string library = _scratch.Copy("echo");
        File.WriteAllText(Path.ChangeExtension(library, ".plugin.json"), "{");

        Assert.IsType<PluginManifestException>(Hosts.Refusal(library));
    }

    public void Dispose() => _scratch.Dispose();
}
