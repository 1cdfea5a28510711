namespace NativePlugins.Cli.Tests;

public class SourceNamesTests
{
    [Theory]
    [InlineData("Plugin.cs", true)]
    [InlineData("Hello.csproj", true)]
    [InlineData("Inner/data.json", true)]
    [InlineData("bin", true)]
    [InlineData("bin/Debug/hello.dll", false)]
    [InlineData("Inner/obj/project.assets.json", false)]
    [InlineData(".git/index", false)]
    [InlineData(".Plugin.cs.swp", false)]
    [InlineData("Plugin.cs~", false)]
    public void What_builds_and_editors_leave_is_no_source(string path, bool isSource) => Assert.Equal(isSource, SourceNames.IsSource(path));
}
