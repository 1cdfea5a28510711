using System.Security.Cryptography;
using System.Text;

namespace NativePlugins.EndToEnd.Tests;

[Trait("Category", "Published")]
public abstract class OutputTests
{
    private readonly HostMode _host;

    private protected OutputTests(HostMode host) => _host = host;

    private static readonly string[] s_steps = ["resolve", "verify", "map", "start", "call", "stop"];

    [Fact]
    public void Sixty_four_MiB_arrive_intact()
    {
        HostResult result = _host.Run(NativeFixtures.PathOf("big_output")).Exits(0);

        byte[] expected = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk\n", 1 << 20)));
        Assert.Equal(expected.Length, result.OutputBytes.Length);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(expected)), Convert.ToHexString(SHA256.HashData(result.OutputBytes)));
    }

    [Fact]
    public void A_reader_that_goes_away_ends_the_run_without_an_error()
    {
        string script = $"{{ {_host.ShellCommand} '{NativeFixtures.PathOf("big_output")}'; echo \"status $?\" >&2; }} | head -1";

        HostResult result = HostProcess.RunProgram("sh", new HostEnvironment(), "-c", script).Exits(0);

        Assert.Equal("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk\n", result.Output);
        Assert.Equal("status 141\n", result.Error);
    }

    [Fact]
    public void A_full_disk_is_named()
    {
        HostResult result = HostProcess.RunProgram("sh", new HostEnvironment(), "-c", $"{_host.ShellCommand} hello_world > /dev/full").Exits(74);

        Assert.StartsWith("host: NP8003: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_and_error_text_stay_apart()
    {
        HostResult result = _host.Run(NativeFixtures.PathOf("error_output")).Exits(0);

        Assert.Equal("to standard output\n", result.Output);
        Assert.Equal("to standard error\n", result.Error);
    }

    [Fact]
    public void What_the_console_of_a_plugin_in_CSharp_writes_goes_to_the_command()
    {
        HostResult result = _host.Run(Repository.Probe, "console").Exits(0);

        Assert.Equal("on Console.Out\non Console.In: nothing\n", result.Output);
        Assert.Equal("on Console.Error\n", result.Error);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_pass_through() =>
        Assert.Equal(
            [(byte)'a', 0xFF, 0xFE, 0xC3, (byte)'(', (byte)'z', (byte)'\n'],
            _host.Run(NativeFixtures.PathOf("invalid_utf8_output")).Exits(0).OutputBytes);

    [Fact]
    public void What_was_printed_before_a_fault_stays()
    {
        HostResult result = _host.Run(NativeFixtures.PathOf("run_fails")).Exits(70);

        Assert.Equal("half a ", result.Output);
    }

    [Fact]
    public void Verbose_shows_the_milliseconds_of_each_step()
    {
        HostResult result = _host.Run("-v", "hello_world").Exits(0);

        Assert.Equal("Hello, world!\n", result.Output);
        foreach (string step in s_steps)
        {
            Assert.Matches($@"(?m)^host: {step} +\d+\.\d{{3}} ms$", result.Error);
        }
    }

    [Fact]
    public void An_exception_reaches_the_user_with_type_message_and_in_verbose_its_stack()
    {
        HostResult quiet = _host.Run(Repository.Probe, "throw").Exits(70);
        HostResult verbose = _host.Run("-v", Repository.Probe, "throw").Exits(70);

        Assert.StartsWith("host: NP5003: ", quiet.Error, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: the outer one", quiet.Error, StringComparison.Ordinal);
        Assert.Contains("the inner one", verbose.Error, StringComparison.Ordinal);
        Assert.Contains("Probe.Run", verbose.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create", 70, "NP5003")]
    [InlineData("start", 70, "NP5003")]
    [InlineData("run", 70, "NP5003")]
    public void An_exception_in_any_step_of_a_plugin_in_CSharp_is_a_fault(string step, int status, string code)
    {
        HostResult result = _host.Run("--set", $"ThrowIn={step}", Repository.Probe).Exits(status);

        Assert.StartsWith($"host: {code}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains($"System.InvalidOperationException: {step} went wrong", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop", "stop went wrong")]
    [InlineData("destroy", "destroy went wrong")]
    public void An_exception_while_ending_is_logged(string step, string words)
    {
        HostResult result = _host.Run("--set", $"ThrowIn={step}", Repository.Probe).Exits(0);

        Assert.Equal("probe ran\n", result.Output);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    public sealed class InProcess() : OutputTests(HostMode.InProcess);

    public sealed class Isolated() : OutputTests(HostMode.Isolated);
}
