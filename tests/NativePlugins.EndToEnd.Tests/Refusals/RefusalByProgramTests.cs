using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

[Trait("Category", "Published")]
public class RefusalByProgramTests
{
    public static TheoryData<string> Names { get; } = [.. Misbehaviours.All.Select(misbehaviour => misbehaviour.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_program_refuses(string name)
    {
        Misbehaviour misbehaviour = Misbehaviours.Named(name);
        using var scratch = new Scratch();

        HostResult result = Run(misbehaviour, scratch, []).Exits(misbehaviour.ExitCode);

        Assert.Matches($"(?m)^host: {misbehaviour.Code}: ", result.Error);
        Assert.Contains(misbehaviour.Expected, result.Error, StringComparison.Ordinal);
        Assert.Contains(misbehaviour.Found, result.Error, StringComparison.Ordinal);
        Assert.Contains(misbehaviour.Advice, result.Error, StringComparison.Ordinal);
        Assert.EndsWith($"host explain {misbehaviour.Code}\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libz")]
    [InlineData("start_fails")]
    [InlineData("fault_in_run")]
    public void With_json_a_refusal_is_one_object(string name)
    {
        Misbehaviour misbehaviour = Misbehaviours.Named(name);
        using var scratch = new Scratch();

        JsonElement error = Run(misbehaviour, scratch, ["--json"]).Exits(misbehaviour.ExitCode).ErrorObject;

        Assert.Equal(misbehaviour.Code, error.GetProperty("code").GetString());
        Assert.Equal(misbehaviour.ExitCode, error.GetProperty("exitCode").GetInt32());
        Assert.Contains(misbehaviour.Expected, error.GetProperty("expected").GetString(), StringComparison.Ordinal);
        Assert.Contains(misbehaviour.Found, error.GetProperty("found").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_constructor_of_what_is_not_a_plugin_never_runs()
    {
        using var scratch = new Scratch();
        var environment = new HostEnvironment { Variables = { ["MARKER"] = scratch.PathOf("marker") } };

        HostProcess.RunIn(environment, scratch.Fixture("constructor_marker")).Exits(65);
        Assert.False(File.Exists(scratch.PathOf("marker")));

        HostProcess.RunIn(environment, scratch.Fixture("constructor_marker_plugin")).Exits(0);
        Assert.True(File.Exists(scratch.PathOf("marker")));
    }

    [Fact]
    public void A_relative_directory_in_the_search_path_is_refused()
    {
        var environment = new HostEnvironment { Variables = { ["NATIVE_PLUGINS_PATH"] = "plugins" } };

        HostResult result = HostProcess.RunIn(environment, "hello_world").Exits(78);

        Assert.StartsWith("host: NP1003: ", result.Error, StringComparison.Ordinal);
    }

    // An emulator reads code as data: to it such a mount is no obstacle.
    [PrivateMountFact]
    [Trait("Category", "OwnProcessor")]
    public void A_file_system_without_exec_is_named()
    {
        using var scratch = new Scratch();
        string directory = scratch.Folder("mount");
        string script = $"mount -t tmpfs -o noexec,mode=700 none \"$0\" && cp '{NativeFixtures.PathOf("echo")}' \"$0\" && exec '{Repository.Host}' \"$0/libecho.so\"";

        HostResult result = HostProcess.RunProgram("unshare", new HostEnvironment(), [.. PrivateMountFactAttribute.Unshare, "sh", "-c", script, directory]).Exits(77);

        Assert.StartsWith("host: NP3003: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(directory, result.Error, StringComparison.Ordinal);
    }

    private static HostResult Run(Misbehaviour misbehaviour, Scratch scratch, string[] options)
    {
        string plugin = misbehaviour.Make(scratch);
        string[] directory = misbehaviour.PluginDirectory is string relative ? ["--plugin-dir", scratch.PathOf(relative)] : [];
        string[] timeout = misbehaviour.Deadline is int deadline ? ["--timeout", $"{deadline}ms"] : [];
        return HostProcess.Run(["run", .. timeout, .. directory, .. options, plugin]);
    }
}
