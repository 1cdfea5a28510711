namespace NativePlugins.Abi.Tests;

public class SampleTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    [Fact]
    public void The_C_sample_greets_exports_its_entry_and_needs_the_C_library_at_most() => Check("hello_c");

    [Fact]
    public void The_Cpp_sample_greets_exports_its_entry_and_needs_the_C_library_at_most() => Check("hello_cpp");

    [RustFact]
    public void The_Rust_sample_greets_exports_its_entry_and_needs_the_C_library_at_most() => Check("hello_rust");

    [RustFact]
    public void Two_instances_of_a_command_in_Rust_live_side_by_side()
    {
        using var plugin = new LoadedPlugin(build.Sample("hello_rust"));
        var first = plugin.Create();
        var second = plugin.Create();

        Assert.Equal([0, 0, 0, 0], [first.Start(), second.Start(), first.Stop(), first.Destroy()]);
        Assert.Equal("Hello, world!\n", second.Run().Output);
        Assert.Equal([0, 0], [second.Stop(), second.Destroy()]);
    }

    [RustFact]
    public void A_plugin_in_Rust_finds_its_services_by_their_whole_id()
    {
        var library = Path.Combine(build.Scratch, "libservices.so");
        Command.Succeed("rustc", "--edition", "2021", "--crate-type", "cdylib", "-D", "warnings", "-o", library, "tests/fixtures/rust/services.rs");
        using var plugin = new LoadedPlugin(library);
        var instance = plugin.Create();

        Assert.Equal([1], instance.Numbers("test.number/1", at: 0, count: 1));
        Assert.Equal([12], instance.Numbers("test.number/12", at: 0, count: 1));
        Assert.All(
            ["test.number/", "test.number/123", "", "np.command/1"],
            id => Assert.Equal((np.NP_E_NOT_FOUND, (nint)0), instance.GetService(id)));
    }

    [RustFact]
    public void A_panic_in_Rust_ends_at_the_boundary_with_its_message_and_its_place()
    {
        var plugin = Path.Combine(build.Scratch, "libpanics.so");
        Command.Succeed("rustc", "--edition", "2021", "--crate-type", "cdylib", "-C", "panic=unwind", "-o", plugin, "tests/fixtures/rust/panics.rs");

        var outcome = build.RunInCHost(plugin);

        Assert.Equal(70, outcome.ExitCode);
        Assert.Contains("error -2: panic: the sky is 42\nat ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("panics.rs:", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_in_Cpp_ends_at_the_boundary_with_its_type_and_its_message()
    {
        const string marker = "std::string greeting = \"Hello, \";";
        var sample = File.ReadAllText(Repository.File("plugins-native/hello_cpp/hello_cpp.cpp"));
        Assert.Contains(marker, sample, StringComparison.Ordinal);
        var source = Path.Combine(build.Scratch, "throws.cpp");
        File.WriteAllText(source, "#include <stdexcept>\n" + sample.Replace(marker, marker + " throw std::out_of_range(\"the sky\");", StringComparison.Ordinal));
        var plugin = build.Library("throws", "c++", "-std=c++17", "-Wno-error", source);

        var outcome = build.RunInCHost(plugin);

        Assert.Equal(70, outcome.ExitCode);
        Assert.Contains("error -2: std::out_of_range: the sky\n", outcome.Error, StringComparison.Ordinal);
    }

    private void Check(string id)
    {
        var plugin = build.Sample(id);

        Assert.Equal(new ProgramRun(0, "Hello, world!\n", ""), build.RunInCHost(plugin));
        Assert.Equal(new ProgramRun(0, "Hello, Ada!\n", ""), build.RunInCHost(plugin, "Ada"));
        Assert.Equal(["np_plugin_entry_v1"], ExportedNames.Of(plugin));
        Assert.All(ExportedNames.DependenciesOf(plugin), dependency => Assert.Matches(@"^(libc|libm|ld-linux.*)\.so\.\d$", dependency));
    }
}
