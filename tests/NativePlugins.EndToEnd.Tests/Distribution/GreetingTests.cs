namespace NativePlugins.EndToEnd.Tests;

[Trait("Category", "Published")]
public class GreetingTests
{
    [Theory]
    [InlineData("libhello_world.so")]
    [InlineData("libhello_world.dylib")]
    [InlineData("hello_world.dll")]
    [InlineData("hello_world")]
    [InlineData("./libhello_world.so")]
    [InlineData("hello_c")]
    [InlineData("hello_cpp")]
    public void In_dist_every_spelling_and_language_greets(string plugin)
    {
        HostResult result = HostProcess.RunIn(new HostEnvironment { Directory = Repository.Dist }, plugin).Exits(0);

        Assert.Equal("Hello, world!\n", result.Output);
        Assert.Empty(result.Error);
    }

    [RustFact]
    public void In_dist_the_Rust_plugin_greets() =>
        Assert.Equal("Hello, world!\n", HostProcess.Run("hello_rust").Exits(0).Output);

    [Theory]
    [InlineData("hello_world.dll")]
    [InlineData("hello_c")]
    [InlineData("hello_cpp")]
    public void An_argument_is_greeted_by_name(string plugin) =>
        Assert.Equal("Hello, Ada!\n", HostProcess.Run(plugin, "Ada").Exits(0).Output);

    [Fact]
    public void Another_working_directory_makes_no_difference_to_a_name()
    {
        using var scratch = new Scratch();
        var elsewhere = new HostEnvironment { Directory = scratch.Root };

        Assert.Equal("Hello, world!\n", HostProcess.RunIn(elsewhere, "hello_world").Exits(0).Output);
    }

    [Fact]
    public void A_path_is_not_completed_like_a_name()
    {
        HostResult result = HostProcess.RunIn(new HostEnvironment { Directory = Repository.Dist }, "./hello_world").Exits(66);

        Assert.StartsWith("host: NP1001: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(Repository.Dist, "libhello_world.so"), result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_from_another_directory_leads_nowhere()
    {
        using var scratch = new Scratch();
        var elsewhere = new HostEnvironment { Directory = scratch.Root };

        HostProcess.RunIn(elsewhere, "./libhello_world.so").Exits(66);
    }

    [Fact]
    public void The_current_directory_is_never_searched()
    {
        using var scratch = new Scratch();
        scratch.Fixture("echo");

        HostProcess.RunIn(new HostEnvironment { Directory = scratch.Root }, "echo").Exits(66);
    }

    [Fact]
    public void A_plugin_that_only_the_header_of_1_0_knows_still_runs() =>
        Assert.NotEmpty(HostProcess.Run(NativeFixtures.PathOf("frozen_v1_plugin")).Exits(0).Output);

    [Fact]
    public void A_plugin_may_be_called_library()
    {
        using var scratch = new Scratch();
        scratch.Fixture("named_library", "library.so");

        Assert.Equal("library ran\n", HostProcess.Run("--plugin-dir", scratch.Root, "library").Exits(0).Output);
        Assert.Equal("library ran\n", HostProcess.Run("--plugin-dir", scratch.Root, "library.so").Exits(0).Output);
        Assert.Equal("library ran\n", HostProcess.Run("--plugin-dir", scratch.Root, "liblibrary.dylib").Exits(0).Output);
    }
}
