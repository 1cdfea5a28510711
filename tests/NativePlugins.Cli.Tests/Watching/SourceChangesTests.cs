namespace NativePlugins.Cli.Tests;

public sealed class SourceChangesTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("native-plugins-").FullName;

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
    public void What_builds_and_editors_leave_is_no_source(string path, bool isSource) => Assert.Equal(isSource, SourceChanges.IsSource(path));

    [Fact]
    public void A_change_has_the_time_that_the_file_bears()
    {
        using var changes = new SourceChanges(_directory);
        using var limit = new CancellationTokenSource(s_limit);
        string file = Path.Combine(_directory, "Plugin.cs");
        File.WriteAllText(file, "");

        Assert.Equal(File.GetLastWriteTimeUtc(file), changes.Wait(limit.Token));
    }

    [Fact]
    public void Several_files_that_are_saved_at_once_are_one_change()
    {
        using var changes = new SourceChanges(_directory);
        using var limit = new CancellationTokenSource(s_limit);
        File.WriteAllText(Path.Combine(_directory, "A.cs"), "");
        File.WriteAllText(Path.Combine(_directory, "B.cs"), "");
        File.Move(Path.Combine(_directory, "A.cs"), Path.Combine(_directory, "C.cs"));
        changes.Wait(limit.Token);
        using var none = new CancellationTokenSource();
        none.Cancel();

        Assert.Throws<OperationCanceledException>(() => changes.Wait(none.Token));
    }

    [Fact]
    public void Of_a_build_its_errors_are_told_each_once_and_without_the_project() => Assert.Equal(
        "/p/A.cs(1,2): error CS1002: ; expected\n/p/B.cs(3,4): error CS0103: no such name",
        ProjectBuild.Errors(
            "MSBuild\n/p/A.cs(1,2): error CS1002: ; expected [/p/p.csproj]\n/p/B.cs(3,4): error CS0103: no such name [/p/p.csproj::TargetFramework=net10.0]\n"
            + "/p/A.cs(1,2): error CS1002: ; expected [/p/p.csproj]\n/p/A.cs(9,9): warning CS0168: never used [/p/p.csproj]\n"));

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
