namespace NativePlugins.Sdk.Tests.Generation;

public class PluginCodeAnalyzerTests
{
    [Theory]
    [InlineData("async void M() { await Task.Yield(); }", "'M' is 'async void'")]
    [InlineData("void M() { async void Local() { await Task.Yield(); } Local(); }", "'Local' is 'async void'")]
    [InlineData("Action M() => async () => await Task.Yield();", "This function is 'async void'")]
    [InlineData("Action<int> M() => async number => await Task.Yield();", "This function is 'async void'")]
    [InlineData("EventHandler M() => async delegate { await Task.Yield(); };", "This function is 'async void'")]
    public async Task NPS008_async_void(string member, string text) =>
        Assert.StartsWith("NPS008: " + text, Assert.Single(await Member(member)), StringComparison.Ordinal);

    [Theory]
    [InlineData("async Task M() { await Task.Yield(); }")]
    [InlineData("void M() { async Task Local() { await Task.Yield(); } Local().Wait(); }")]
    [InlineData("Func<Task> M() => async () => await Task.Yield();")]
    [InlineData("Action M() => () => Task.Yield();")]
    public async Task Other_functions_are_accepted(string member) => Assert.Empty(await Member(member));

    [Theory]
    [InlineData("void M() => Environment.Exit(1);", "Environment.Exit")]
    [InlineData("void M() => Environment.FailFast(\"\");", "Environment.FailFast")]
    [InlineData("void M() => Environment.FailFast(\"\", null);", "Environment.FailFast")]
    [InlineData("Action<int> M() => Environment.Exit;", "Environment.Exit")]
    public async Task NPS009_ending_the_process(string member, string name) =>
        Assert.StartsWith($"NPS009: '{name}' ends the whole process", Assert.Single(await Member(member)), StringComparison.Ordinal);

    [Theory]
    [InlineData("void M() => Console.CancelKeyPress += (_, _) => { };")]
    [InlineData("void M() => Console.CancelKeyPress -= null;")]
    public async Task NPS010_handling_ctrl_c(string member) =>
        Assert.StartsWith("NPS010: 'Console.CancelKeyPress' takes Ctrl+C away", Assert.Single(await Member(member)), StringComparison.Ordinal);

    [Fact]
    public async Task NPS011_handling_a_signal() =>
        Assert.StartsWith("NPS011: 'PosixSignalRegistration.Create' takes the signal away", Assert.Single(await Member(
            "object M() => System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, _ => { });")),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("int M() => Environment.ExitCode;")]
    [InlineData("static void Exit(int code) { } void M() => Exit(1);")]
    [InlineData("event Action? CancelKeyPress; void M() => CancelKeyPress += () => { };")]
    [InlineData("void M() => CancelKeyPress?.Invoke(); event Action? CancelKeyPress;")]
    public async Task Members_that_only_share_a_name_are_accepted(string member) => Assert.Empty(await Member(member));

    private static Task<string[]> Member(string member) =>
        PluginCompilation.Analyze($"[Plugin(\"p\", Version = \"1.0.0\")] class P {{ {member} }}");
}
