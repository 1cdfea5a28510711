namespace NativePlugins.Cli.Tests;

/// <summary>How a plugin is built that is not in C#.</summary>
public sealed class BuildRecipeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("native-plugins-").FullName;

    [Fact]
    public void A_file_names_command_and_library_from_its_own_directory()
    {
        BuildRecipe recipe = BuildRecipe.Find(Write("""{"command": "make all", "library": "build/libx.so"}"""))!;

        Assert.Equal("make all", recipe.Commands("").Single()[^1]);
        Assert.Equal(Path.Combine(_root, "build", "libx.so"), recipe.Library);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"command": "make"}""")]
    [InlineData("""{"command": "make", "library": 5}""")]
    [InlineData("""{"command": "", "library": "libx.so"}""")]
    public void A_file_that_does_not_say_both_is_refused(string text) =>
        Assert.Equal("NP8015", Assert.Throws<CliException>(() => BuildRecipe.Find(Write(text))).Report.Code);

    [Fact]
    public void CMake_configures_once_and_then_builds()
    {
        BuildRecipe recipe = BuildRecipe.Find(Path.Combine(_root, "CMakeLists.txt"))!;
        Assert.Equal(["-S", "--build"], recipe.Commands(_root).Select(command => command[1]));
        Directory.CreateDirectory(Path.Combine(_root, BuildRecipe.Output));
        File.WriteAllText(Path.Combine(_root, BuildRecipe.Output, "CMakeCache.txt"), "");

        Assert.Equal(["--build"], recipe.Commands(_root).Select(command => command[1]));
    }

    [Theory]
    [InlineData("x.csproj", false)]
    [InlineData("Cargo.toml", true)]
    public void What_is_not_known_by_its_name_is_for_MSBuild(string name, bool isKnown) =>
        Assert.Equal(isKnown, BuildRecipe.Find(Path.Combine(_root, name)) is not null);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Write(string text)
    {
        string path = Path.Combine(_root, BuildRecipe.FileName);
        File.WriteAllText(path, text);
        return path;
    }
}
