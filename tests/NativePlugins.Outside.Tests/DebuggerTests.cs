namespace NativePlugins.Outside.Tests;

/// <summary>What docs/debugging.md promises of the published plugin.</summary>
[Collection(OutsideTests.Name)]
public class DebuggerTests(OutsideDirectory outside)
{
    [AotFact("gdb")]
    public void Gdb_stops_at_a_line_of_CSharp_and_shows_what_is_in_scope()
    {
        outside.Dotnet(outside.Hello, "publish", "-c", "Debug").Succeeded();
        string library = Path.Combine(outside.Hello, "bin", "Debug", "net10.0", Platform.Rid, "publish", Platform.Library("Hello"));
        int line = Array.FindIndex(File.ReadAllLines(Path.Combine(outside.Hello, "Greeter.cs")), text => text.Contains("WriteLine", StringComparison.Ordinal)) + 1;

        string session = outside.Run(
            outside.Hello, "gdb", "-nx", "-q", "-batch", "-ex", "set breakpoint pending on", "-ex", "set debuginfod enabled off",
            "-ex", "handle SIG34 SIG35 SIG36 nostop noprint pass",
            "-ex", $"break Greeter.cs:{line}", "-ex", "run", "-ex", "print *&name._firstChar@name._stringLength", "-ex", "backtrace 1", "-ex", "continue",
            "--args", outside.Tool, library, "Ada").Output;

        Assert.Contains($"hit Breakpoint 1, Hello_Hello_Greeter__Run", session, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(outside.Hello, "Greeter.cs")}:{line}", session, StringComparison.Ordinal);
        Assert.Contains("u\"Ada\"", session, StringComparison.Ordinal);
        Assert.Contains("Hello, Ada!", session, StringComparison.Ordinal);
        Assert.Contains("exited normally", session, StringComparison.Ordinal);
    }
}
