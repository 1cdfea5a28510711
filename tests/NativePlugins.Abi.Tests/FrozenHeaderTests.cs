using System.Xml.Linq;

namespace NativePlugins.Abi.Tests;

public class FrozenHeaderTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    [Fact]
    public void The_frozen_header_has_the_golden_layout()
    {
        File.Copy(Repository.FrozenHeader, Path.Combine(build.Scratch, "native_plugins.h"));
        var program = Path.Combine(build.Scratch, "layout");
        Command.Succeed("cc", $"-I{build.Scratch}", "-o", program, "tests/fixtures/abi/layout.c");

        Assert.Equal(File.ReadAllText(Repository.File("abi/layout-v1.txt")), Command.Succeed(program));
    }

    [Fact]
    public void Every_frozen_constant_still_has_its_value()
    {
        var now = CHeader.Current.Constants();

        Assert.All(CHeader.Frozen.Constants().Where(pair => pair.Key != "NP_ABI_MINOR"), pair => Assert.Equal(pair.Value, now[pair.Key]));
    }

    [Fact]
    public void Every_frozen_struct_still_begins_with_its_frozen_members() =>
        Assert.All(
            CHeader.Frozen.Structs.Where(pair => !CHeader.Frozen.DraftStructs.Contains(pair.Key)),
            pair => Assert.Equal(pair.Value.Select(member => member.Declaration), CHeader.Current.Structs[pair.Key].Take(pair.Value.Length).Select(member => member.Declaration)));

    [Fact]
    public void Until_version_1_is_released_the_frozen_header_is_a_copy_of_the_header()
    {
        var version = XDocument.Load(Repository.File("Directory.Build.props")).Descendants("VersionPrefix").Single().Value;

        Assert.True(
            Version.Parse(version).Major >= 1 || CHeader.Current.Text == CHeader.Frozen.Text,
            "The header has changed: cp abi/native_plugins.h tests/fixtures/abi/frozen_v1.h");
    }

    [Fact]
    public void A_plugin_built_from_the_frozen_header_greets()
    {
        var plugin = build.Library("frozen_v1_plugin", "cc", "-std=c99", "tests/fixtures/abi/frozen_v1_plugin.c");

        Assert.Equal(new ProgramRun(0, "Hello, Ada!\n", ""), build.RunInCHost(plugin, "Ada"));
    }
}
