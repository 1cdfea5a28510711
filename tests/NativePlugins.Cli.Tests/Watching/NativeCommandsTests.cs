namespace NativePlugins.Cli.Tests;

/// <summary>The commands of a publish, with another place for what they write.</summary>
public sealed class NativeCommandsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("native-plugins-").FullName;
    private readonly Dictionary<string, string> _list;

    public NativeCommandsTests()
    {
        _list = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["system"] = "linux", ["ilc"] = Path.Combine(_root, "ilc"), ["ilcArguments"] = "obj/x.ilc.rsp", ["ilcEnvironment"] = "", ["managed"] = "obj/x.dll",
            ["object"] = "obj/x.o", ["exports"] = "obj/x.exports", ["linker"] = "gcc", ["binary"] = "bin/libx.so", ["objcopy"] = "objcopy", ["strip"] = "true",
            ["symbols"] = "true", ["symbolExtension"] = ".dbg", ["revision"] = "", ["sdks"] = _root, ["packages"] = Path.Combine(_root, "project.assets.json"),
        };
        Directory.CreateDirectory(Path.Combine(_root, "obj"));
        WriteArguments("obj/x.dll", "-o:obj/x.o", "-r:lib/A.dll", "--exportsfile:obj/x.exports", "-g");
        File.WriteAllText(Path.Combine(_root, "linker"), "\"obj/x.o\"\n-o \"bin/libx.so\"\n-Wl,--version-script=\"obj/x.exports\"\nlibRuntime.a\n");
    }

    [Fact]
    public void What_they_write_goes_elsewhere_and_the_rest_stays_as_it_was()
    {
        Assert.Null(Read(out NativeCommands? commands));

        string own = Path.Combine(_root, "own");
        Assert.Equal(
            [
                $"{own}/x.dll", $"-o:{own}/x.o", "-r:lib/A.dll", $"--exportsfile:{own}/x.exports", "-g",
                $"\"{own}/x.o\"", "-o", $"\"{own}/libx.so\"", $"-Wl,--version-script=\"{own}/x.exports\"", "libRuntime.a",
            ],
            commands!.Arguments);
        Assert.Equal((Path.Combine(own, "x.dll"), Path.Combine(own, "libx.so")), (commands.Assembly, commands.Library));
    }

    [Fact]
    public void What_earlier_commands_have_written_is_no_input_of_theirs()
    {
        string written = Path.Combine(_root, "own", "x.o");
        Directory.CreateDirectory(Path.GetDirectoryName(written)!);
        File.WriteAllText(written, "of an earlier publish");
        Assert.Null(Read(out NativeCommands? commands));
        var key = new BuildKey();
        key.AddFilesOf(commands!.Arguments, _root);

        File.WriteAllText(written, "of this one");

        Assert.Null(key.FindChange());
    }

    [Theory]
    [InlineData("system", "win", "its last steps are known for Linux only")]
    [InlineData("ilcEnvironment", "DOTNET_gcServer=0", "it gives ilc an environment of its own")]
    [InlineData("exports", "", "the last one did not say its exports")]
    [InlineData("object", "obj/other.o", "its commands do not name other.o where they did")]
    [InlineData("ilcEnvironment", "A=1\nB", "the last one said more of itself than is known: B")]
    [InlineData("managed", "obj/x.dll\nmanaged=obj/y.dll", "the last one said more of itself than is known: managed=obj/y.dll")]
    public void Commands_that_are_not_as_they_were_known_are_not_done_again(string name, string value, string why)
    {
        _list[name] = value;

        Assert.Equal(why, Read(out NativeCommands? commands));
        Assert.Null(commands);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void WriteArguments(params string[] arguments) => File.WriteAllLines(Path.Combine(_root, "obj/x.ilc.rsp"), arguments);

    private string? Read(out NativeCommands? commands)
    {
        File.WriteAllLines(Path.Combine(_root, "native"), _list.Select(pair => $"{pair.Key}={pair.Value}"));
        return NativeCommands.Read(_root, new BuildPlace(_root, Path.Combine(_root, "tmp")), Path.Combine(_root, "own"), out commands);
    }
}
