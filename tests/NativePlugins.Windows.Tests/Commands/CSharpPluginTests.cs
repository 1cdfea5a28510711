using System.Text.Json;

namespace NativePlugins.Windows.Tests.Commands;

public sealed class JitCSharpPluginTests() : CSharpPluginTests(HostProgram.Jit);

public sealed class NativeCSharpPluginTests() : CSharpPluginTests(HostProgram.Native);

/// <summary>host.exe, and plugins in C# that NativeAOT has compiled. They end their lines as Windows does.</summary>
public abstract class CSharpPluginTests : IDisposable
{
    private readonly HostProgram _host;
    private readonly Scratch _scratch = new();

    private protected CSharpPluginTests(HostProgram host) => _host = host;

    [Theory]
    [InlineData("hello_world")]
    [InlineData("hello_world.dll")]
    [InlineData("libhello_world.so")]
    [InlineData("libhello_world.dylib")]
    public void A_plugin_greets_under_the_name_of_any_system(string name)
    {
        _scratch.Install("hello_world");

        HostResult result = _host.Run("--plugin-dir", _scratch.Root, name, "Ada").Exits(0);

        Assert.Equal(("Hello, Ada!\r\n", ""), (result.Output, result.Error));
    }

    [Fact]
    public void Arguments_pass_unchanged()
    {
        HostResult result = _host.Run(_scratch.Copy("probe"), "echo", "two words", "Größe", "🧩", "a\"b", @"back\", "").Exits(0);

        Assert.Equal("9 two words\r\n7 Größe\r\n4 🧩\r\n3 a\"b\r\n5 back\\\r\n0 \r\n", result.Output);
    }

    [Fact]
    public void The_plugins_status_is_the_hosts()
    {
        _host.Run(_scratch.Copy("probe"), "status", "42").Exits(42);
    }

    [Fact]
    public void A_list_tells_the_language_and_the_runtime()
    {
        _scratch.Install("hello_world");

        Assert.Contains("hello_world\tHello, world\t1.0.0\t1.0\tC#, NativeAOT ", _host.Run("list", _scratch.Root).Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_inspection_recognises_NativeAOT()
    {
        string output = _host.Run("inspect", "--json", _scratch.Copy("hello_world")).Exits(0).Output;

        using JsonDocument json = JsonDocument.Parse(output);
        Assert.Equal(".NET NativeAOT", json.RootElement.GetProperty("runtime").GetString());
        Assert.True(json.RootElement.GetProperty("exportsEntry").GetBoolean());
    }

    [Fact]
    public void The_manifest_that_the_build_wrote_is_the_one_that_the_host_writes()
    {
        string library = _scratch.Install("hello_world");
        string manifest = Path.ChangeExtension(library, ".plugin.json");
        using JsonDocument built = JsonDocument.Parse(File.ReadAllText(manifest));

        _host.Run("manifest", library).Exits(0);

        using JsonDocument written = JsonDocument.Parse(File.ReadAllText(manifest));
        foreach (string member in new[] { "id", "name", "version", "abi", "runtime", "runtimeVersion", "language" })
        {
            Assert.Equal($"{built.RootElement.GetProperty(member)}", $"{written.RootElement.GetProperty(member)}");
        }
    }

    [Fact]
    public void A_NullReferenceException_is_caught_in_the_plugin()
    {
        HostResult result = _host.Run(_scratch.Copy("probe"), "null-reference").Exits(0);

        Assert.Equal(("caught\r\n", ""), (result.Output, result.Error));
    }

    [Fact]
    public void A_division_by_zero_is_caught_in_the_plugin()
    {
        Assert.Equal("caught\r\n", _host.Run(_scratch.Copy("probe"), "division").Exits(0).Output);
    }

    [Fact]
    public void NullReferenceExceptions_are_caught_on_eight_threads_of_the_plugin()
    {
        Assert.Equal("8 caught\r\n", _host.Run(_scratch.Copy("probe"), "threads", "8").Exits(0).Output);
    }

    [Fact]
    public void An_exception_reaches_the_user_with_type_message_and_in_verbose_its_stack()
    {
        string library = _scratch.Copy("probe");

        HostResult quiet = _host.Run(library, "throw").Exits(70);
        HostResult verbose = _host.Run("-v", library, "throw").Exits(70);

        Assert.StartsWith("host: NP5003: ", quiet.Error, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: the outer one", quiet.Error, StringComparison.Ordinal);
        Assert.Contains("the inner one", verbose.Error, StringComparison.Ordinal);
        Assert.Contains("Probe.Run", verbose.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("start")]
    [InlineData("run")]
    public void An_exception_in_any_step_is_a_fault(string step)
    {
        HostResult result = _host.Run("--set", $"ThrowIn={step}", _scratch.Copy("probe")).Exits(70);

        Assert.Contains($"System.InvalidOperationException: {step} went wrong", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("destroy")]
    public void An_exception_while_ending_is_logged(string step)
    {
        HostResult result = _host.Run("--set", $"ThrowIn={step}", _scratch.Copy("probe")).Exits(0);

        Assert.Equal("probe ran\r\n", result.Output);
        Assert.Contains($"{step} went wrong", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("overflow")]
    [InlineData("null-call")]
    [InlineData("fail-fast")]
    [InlineData("throw-on-thread")]
    public void A_fault_that_nobody_can_catch_ends_the_process_with_a_status_of_the_system(string fault)
    {
        int status = _host.Run(_scratch.Copy("probe"), fault).ExitCode;

        Assert.True((uint)status >= 0xC0000000, $"0x{status:X8}");
    }

    [Fact]
    public void What_a_plugin_writes_to_its_own_console_is_the_hosts_output()
    {
        HostResult result = _host.Run(_scratch.Copy("probe"), "write").Exits(0);

        Assert.Contains("on Console.Out", result.Output, StringComparison.Ordinal);
        Assert.Contains("on Console.Error", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_build_is_picked_up_and_runs_with_the_state_of_the_old_one()
    {
        string library = _scratch.Install("counter");
        using var watched = new Watched(_host, "--staging-dir", _scratch.Folder("staging"), library);
        Assert.Equal("run 1\r\n", watched.WaitForRun(1));

        Scratch.Replace(library, "counter_2");

        Assert.Equal("run 2, 1 by nobody\r\n", watched.WaitForRun(2));
    }

    [Fact]
    public void The_image_of_a_retired_generation_stays_mapped()
    {
        string library = _scratch.Install("counter");
        using var watched = new Watched(_host, "--staging-dir", _scratch.Folder("staging"), library);
        watched.WaitForRun(1);

        Scratch.Replace(library, "counter_2");

        Assert.Equal("resident", watched.WaitFor("retired", 1).GetProperty("image").GetString());
    }

    public void Dispose()
    {
        _scratch.Dispose();
        GC.SuppressFinalize(this);
    }
}
