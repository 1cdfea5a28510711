namespace NativePlugins.EndToEnd.Tests;

/// <summary>What a worker is started with, whatever the application happens to have.</summary>
public class StartTests
{
    [Fact]
    public void It_has_its_own_three_streams_and_its_channel_and_inherits_nothing_else()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        using FileStream opened = File.Open(scratch.Write("file", "text"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Inheritable);
        host.Load(scratch.Fixture("echo", "libdescriptors.so"));

        int worker = Isolated.WorkersOf(Environment.ProcessId, "descriptors").Single();
        Dictionary<string, string> descriptors = new DirectoryInfo($"/proc/{worker}/fd").GetFileSystemInfos().ToDictionary(file => file.Name, file => file.LinkTarget!);

        Assert.Equal("/dev/null", descriptors["0"]);
        Assert.Equal(new FileInfo("/proc/self/fd/1").LinkTarget, descriptors["1"]);
        Assert.StartsWith("pipe:", descriptors["2"], StringComparison.Ordinal);
        Assert.StartsWith("socket:", descriptors["3"], StringComparison.Ordinal);
        Assert.DoesNotContain(descriptors.Values, target => target == opened.Name);
    }

    [Fact]
    public void Signals_are_at_their_defaults_and_it_can_gain_no_rights()
    {
        using HostProcess host = HostProcess.Start(
            "sh", new HostEnvironment(), "-c", $"trap '' USR1 HUP; exec '{Repository.Host}' --isolate '{NativeFixtures.PathOf("slow_command")}'");
        host.WaitForOutput("waiting\n");
        int worker = Isolated.WorkersOf(host.Id, "slow_command").Single();

        ulong ignored = Convert.ToUInt64(ProcessTable.StatusOf(worker, "SigIgn"), 16), blocked = Convert.ToUInt64(ProcessTable.StatusOf(worker, "SigBlk"), 16);

        const ulong HangUp = 1 << 0, User1 = 1 << 9;
        Assert.Equal((0UL, 0UL), (ignored & (HangUp | User1), blocked));
        Assert.NotEqual(0UL, Convert.ToUInt64(ProcessTable.StatusOf(host.Id, "SigIgn"), 16) & User1);
        Assert.Equal("1", ProcessTable.StatusOf(worker, "NoNewPrivs"));
    }

    [Fact]
    public void Environment_directory_and_file_mode_mask_are_what_the_options_say()
    {
        using var scratch = new Scratch();
        var options = new PluginHostOptions();
        options.Worker.Environment = new Dictionary<string, string> { ["GREETING"] = "grüß Gott" };
        options.Worker.WorkingDirectory = scratch.Folder("somewhere");
        options.Worker.FileModeMask = Convert.ToInt32("137", 8);
        using PluginHost host = Isolated.Host(options);

        host.Load(scratch.Fixture("echo", "libsurroundings.so"));

        int worker = Isolated.WorkersOf(Environment.ProcessId, "surroundings").Single();
        Assert.Equal("GREETING=grüß Gott\0", File.ReadAllText($"/proc/{worker}/environ"));
        Assert.Equal(scratch.PathOf("somewhere"), new DirectoryInfo($"/proc/{worker}/cwd").LinkTarget);
        Assert.Equal("0137", ProcessTable.StatusOf(worker, "Umask"));
    }

    [Fact]
    public void Without_options_environment_directory_and_mask_are_the_applications()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();

        host.Load(scratch.Fixture("echo", "libinheritor.so"));

        int worker = Isolated.WorkersOf(Environment.ProcessId, "inheritor").Single();
        Assert.Contains($"PATH={Environment.GetEnvironmentVariable("PATH")}\0", File.ReadAllText($"/proc/{worker}/environ"), StringComparison.Ordinal);
        Assert.Equal(Environment.CurrentDirectory, new DirectoryInfo($"/proc/{worker}/cwd").LinkTarget);
        Assert.Equal(ProcessTable.StatusOf(Environment.ProcessId, "Umask"), ProcessTable.StatusOf(worker, "Umask"));
    }

    [Fact]
    public void A_worker_that_is_not_there_is_refused_with_the_places_that_were_looked_at()
    {
        using var scratch = new Scratch();
        string program = scratch.Copy(Repository.Host);

        HostResult result = HostProcess.RunProgram(program, new HostEnvironment(), "--isolate", NativeFixtures.PathOf("echo")).Exits(69);

        Assert.StartsWith("host: NP5101: ", result.Error, StringComparison.Ordinal);
        Assert.Contains($"'{scratch.PathOf("native-plugins-worker")}'", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bin/true", typeof(PluginWorkerStartException), "exit status 0")]
    [InlineData("/bin/cat", typeof(PluginWorkerStartException), "exit status 1; it wrote: /bin/cat: ")]
    [InlineData("/dev/null", typeof(PluginWorkerStartException), "posix_spawn failed")]
    public void Another_program_is_no_worker(string program, Type refusal, string found) =>
        Assert.Contains(found, ((PluginException)Assert.Throws(refusal, () => LoadWith(program))).Found, StringComparison.Ordinal);

    [Theory]
    [InlineData("printf 'this is no greeting at all.' >&3", "a program that answers otherwise")]
    [InlineData("printf 'NPWORK\\0\\0\\7\\0\\0\\0\\377\\377\\377\\377\\0\\0\\0\\0\\0\\0\\0\\0' >&3", "version 7")]
    public void A_worker_of_another_version_is_refused(string answer, string found)
    {
        using var scratch = new Scratch();

        Assert.Equal(found, Assert.Throws<PluginWorkerMismatchException>(() => LoadWith(Script(scratch, $"{answer}\nexec sleep 1000"))).Found);
    }

    [Fact]
    public void A_program_that_does_not_answer_is_ended_at_the_deadline()
    {
        using var scratch = new Scratch();

        var exception = Assert.Throws<PluginWorkerMismatchException>(() => LoadWith(Script(scratch, "exec sleep 1000"), TimeSpan.FromMilliseconds(100)));

        Assert.Equal("none; it was ended", exception.Found);
    }

    [Fact]
    public void The_worker_is_for_applications_and_says_so()
    {
        HostResult result = HostProcess.RunProgram(Path.Combine(Repository.Dist, "native-plugins-worker"), new HostEnvironment());

        Assert.Contains("is started by NativePlugins.Host", result.Error, StringComparison.Ordinal);
        Assert.NotEqual("exit 0", result.Ended);
    }

    private static string Script(Scratch scratch, string lines)
    {
        string program = scratch.Write("script", $"#!/bin/sh\n{lines}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program;
    }

    private static void LoadWith(string worker, TimeSpan? deadline = null)
    {
        using var scratch = new Scratch();
        var options = new PluginHostOptions { LifecycleDeadline = deadline ?? TimeSpan.FromSeconds(30) };
        options.Worker.Path = worker;
        using PluginHost host = Isolated.Host(options);
        host.Load(scratch.Fixture("echo"));
    }
}
