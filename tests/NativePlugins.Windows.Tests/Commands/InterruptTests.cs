using System.Diagnostics;
using System.Text;

namespace NativePlugins.Windows.Tests.Commands;

[Trait("Category", "interrupt")]
public sealed class JitInterruptTests() : InterruptTests(HostProgram.Jit);

[Trait("Category", "interrupt")]
public sealed class NativeInterruptTests() : InterruptTests(HostProgram.Native);

/// <summary>Ctrl-C at host.exe. Run by themselves, in a console that no other test shares.</summary>
public abstract class InterruptTests : IDisposable
{
    private readonly HostProgram _host;
    private readonly Scratch _scratch = new();

    private protected InterruptTests(HostProgram host) => _host = host;

    [Fact]
    public void Ctrl_C_ends_the_plugins_command_and_the_status_is_130()
    {
        string library = _scratch.Copy("waits");

        (int status, string output) = Interrupt("waiting", library);

        Assert.Equal(130, status);
        Assert.Contains("cancelled", output, StringComparison.Ordinal);
        File.Delete(library);
        Assert.False(File.Exists(library));
    }

    [Fact]
    public void A_command_that_does_not_end_is_given_up_after_the_deadline()
    {
        (int status, string output) = Interrupt("running", _scratch.Copy("stubborn"));

        Assert.Equal((130, "running"), (status, output));
    }

    [Fact]
    public void A_command_in_CSharp_that_hangs_is_given_up_after_the_deadline()
    {
        (int status, string output) = Interrupt("running", _scratch.Copy("probe"), "hang");

        Assert.Equal((130, "running"), (status, output));
    }

    [Fact]
    public void Ctrl_C_cancels_the_command_of_a_plugin_in_CSharp()
    {
        (int status, string output) = Interrupt("waiting", _scratch.Copy("probe"), "wait");

        Assert.Equal(130, status);
        Assert.Contains("cancelled", output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _scratch.Dispose();
        GC.SuppressFinalize(this);
    }

    private (int Status, string Output) Interrupt(string begun, params string[] arguments)
    {
        ConsoleEvents.RequireConsole();
        Console.CancelKeyPress += Survive;
        using Process process = Process.Start(_host.StartInfo(Path.GetTempPath(), [], arguments))!;
        try
        {
            var output = new StringBuilder();
            string? line = process.StandardOutput.ReadLine();
            output.Append(line);
            Assert.Equal(begun, line);
            ConsoleEvents.SendCtrlC();
            HostResult result = HostProgram.WaitForEnd(process, process.StandardOutput.ReadToEndAsync());
            return (result.ExitCode, output.Append(result.Output).ToString());
        }
        finally
        {
            Console.CancelKeyPress -= Survive;
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static void Survive(object? sender, ConsoleCancelEventArgs press) => press.Cancel = true;
}
