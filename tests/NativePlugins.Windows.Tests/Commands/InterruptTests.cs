using System.Diagnostics;
using System.Text;

namespace NativePlugins.Windows.Tests.Commands;

/// <summary>Ctrl-C at host.exe. Run by themselves, in a console that no other test shares.</summary>
[Trait("Category", "interrupt")]
public sealed class InterruptTests : IDisposable
{
    private readonly Scratch _scratch = new();

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

    public void Dispose() => _scratch.Dispose();

    private static (int Status, string Output) Interrupt(string begun, params string[] arguments)
    {
        ConsoleEvents.RequireConsole();
        Console.CancelKeyPress += Survive;
        using Process process = Process.Start(HostProcess.StartInfo(Path.GetTempPath(), [], arguments))!;
        try
        {
            var output = new StringBuilder();
            string? line = process.StandardOutput.ReadLine();
            output.Append(line);
            Assert.Equal(begun, line);
            ConsoleEvents.SendCtrlC();
            HostResult result = HostProcess.WaitForEnd(process, process.StandardOutput.ReadToEndAsync());
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
