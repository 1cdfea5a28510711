namespace NativePlugins.Abi.Tests;

public class FixtureTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    public static TheoryData<string> Fixtures =>
        new(Directory.GetFiles(Repository.File("tests/fixtures"), "*.c").Select(path => Path.GetFileNameWithoutExtension(path)!).Order());

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Every_fixture_says_in_its_first_line_what_is_wrong_with_it_and_compiles(string name)
    {
        var first = File.ReadLines(Repository.File($"tests/fixtures/{name}.c")).First();

        Assert.Matches(@"^/\* [A-Z].*\. \*/$", first);
        build.Fixture(name);
    }
}
