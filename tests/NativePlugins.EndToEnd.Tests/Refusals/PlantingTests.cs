namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// Somebody else's library lies where a careless host would look for it. It writes a file as soon as it is mapped, so that not
/// even its constructors can have run unnoticed. NativePlugins.Windows.Tests has the same for Windows.
/// </summary>
[Trait("Category", "Published")]
public sealed class PlantingTests : IDisposable
{
    private const string Planted = "constructor_marker_plugin";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Scratch _scratch = new();

    private string Marker => _scratch.PathOf("marker");

    [Fact]
    public void What_is_planted_here_tells_when_it_is_mapped()
    {
        Run(_scratch.Root, _scratch.Fixture(Planted)).Exits(0);

        Assert.True(File.Exists(Marker));
    }

    [Theory]
    [InlineData(Planted)]
    [InlineData($"lib{Planted}")]
    [InlineData($"lib{Planted}.so")]
    public void A_plugin_in_the_current_directory_is_not_loaded_by_name(string name)
    {
        _scratch.Fixture(Planted);

        Run(_scratch.Root, name).Exits(66);
        Run(_scratch.Root, "--plugin-dir", _scratch.Folder("plugins"), name).Exits(66);

        Assert.False(File.Exists(Marker));
    }

    [Theory]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite | UnixFileMode.StickyBit)]
    public void A_plugin_in_a_directory_that_others_may_write_to_is_not_loaded(UnixFileMode others)
    {
        string open = _scratch.Folder("open");
        string library = _scratch.Fixture(Planted, Path.Combine("open", $"lib{Planted}.so"));
        File.SetUnixFileMode(open, OwnerOnly | others);

        Run(_scratch.Root, "--plugin-dir", open, Planted).Exits(77);
        Run(_scratch.Root, library).Exits(77);

        Assert.False(File.Exists(Marker));
    }

    [Theory]
    [InlineData("report", "libreport.so")]
    [InlineData("report", "report.so")]
    [InlineData("report.txt", "libreport.txt.so")]
    [InlineData("report.txt", "libreport.so")]
    [InlineData("report.txt", "report.so")]
    public void A_library_beside_a_data_file_of_its_name_is_not_loaded_for_it(string data, string library)
    {
        _scratch.Write(data, "a report");
        _scratch.Fixture(Planted, library);

        Run(_scratch.Root, _scratch.PathOf(data)).Exits(65);
        Run(_scratch.Root, $"./{data}").Exits(65);
        Run(_scratch.Root, data).Exits(66);

        Assert.False(File.Exists(Marker));
    }

    [Fact]
    public void A_dependency_in_the_current_directory_is_not_used()
    {
        string library = _scratch.Fixture("missing_dependency", Path.Combine("plugins", "libmissing_dependency.so"));
        _scratch.Fixture(Planted, "libnp_fixture_dependency.so");

        Run(_scratch.Root, library).Exits(69);

        Assert.False(File.Exists(Marker));
    }

    public void Dispose() => _scratch.Dispose();

    private HostResult Run(string directory, params string[] arguments) =>
        HostProcess.RunIn(new HostEnvironment { Directory = directory, Variables = { ["MARKER"] = Marker } }, arguments);
}
