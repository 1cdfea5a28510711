using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>What a plugin gets when it takes more than its limits allow: tests/fixtures/greedy.c, and confined in C#.</summary>
public sealed class LimitsTests : IDisposable
{
    private const int NoMoreFiles = 24, TryAgain = 11; // EMFILE, EAGAIN
    private const int Mebibyte = 1 << 20;

    private readonly Scratch _scratch = new();
    private readonly PluginLimits _limits = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("C", "12")]
    [InlineData("C#", "OutOfMemoryException")]
    public void No_more_memory_is_given_and_the_plugin_goes_on(string language, string refusal)
    {
        _limits.Memory = 256 * Mebibyte;
        using PluginHost host = Host();
        Plugin plugin = host.Load(Library(language));

        (int taken, string found) = Take(plugin, language, "memory");

        Assert.Equal(refusal, found);
        Assert.InRange(taken, 16, 256);
        Assert.Equal(PluginState.Started, plugin.State);
    }

    [Theory]
    [InlineData("C")]
    [InlineData("C#")]
    public void No_more_files_are_opened(string language)
    {
        _limits.OpenFiles = 100;
        using PluginHost host = Host();
        Plugin plugin = host.Load(Library(language));

        (int taken, string found) = Take(plugin, language, "files");

        Assert.Equal($"{NoMoreFiles}", found);
        Assert.InRange(taken, 50, 100);
    }

    [Theory]
    [InlineData("C", "spin")]
    [InlineData("C", "spin-on")]
    [InlineData("C#", "spin")]
    [InlineData("C#", "spin-on")]
    public void Processor_time_ends_it_also_if_it_holds_the_signal_off(string language, string how)
    {
        _limits.ProcessorTime = TimeSpan.FromSeconds(1);
        using PluginHost host = Host();
        Plugin plugin = host.Load(Library(language));

        var crash = Assert.Throws<PluginCrashedException>(() => Take(plugin, language, how));

        Assert.Equal((how == "spin" ? 24 : 9, nameof(PluginLimits.ProcessorTime)), (crash.Signal, crash.Limit));
        Assert.EndsWith(" s of processor time, and 1 s were allowed (PluginLimits.ProcessorTime)", crash.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C")]
    [InlineData("C#")]
    public void A_file_that_becomes_too_large_ends_it(string language)
    {
        _limits.FileSize = 5000;
        string file = _scratch.PathOf("large");
        using PluginHost host = Host();
        Plugin plugin = host.Load(Library(language));

        var crash = Assert.Throws<PluginCrashedException>(() => Take(plugin, language, "write", file));

        Assert.Equal((25, nameof(PluginLimits.FileSize)), (crash.Signal, crash.Limit));
        Assert.Contains("5000 bytes (PluginLimits.FileSize)", crash.Found, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(file).Length);
    }

    [Fact]
    public void Last_words_of_a_process_tell_that_it_had_too_little_memory()
    {
        _limits.Memory = 128 * Mebibyte;
        using PluginHost host = Host();
        Plugin plugin = host.Load(Library("C"));

        var crash = Assert.Throws<PluginCrashedException>(() => Take(plugin, "C", "out-of-memory"));

        Assert.Equal((6, nameof(PluginLimits.Memory)), (crash.Signal, crash.Limit));
        Assert.Contains($"{128 * Mebibyte} bytes were allowed (PluginLimits.Memory)", crash.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_crash_that_no_limit_has_caused_names_none()
    {
        _limits.Memory = 1024 * Mebibyte;
        _limits.ProcessorTime = TimeSpan.FromHours(1);
        _limits.FileSize = 0;
        using PluginHost host = Host();
        Plugin plugin = host.Load(_scratch.Fixture("ends_badly"));

        Assert.Null(Assert.Throws<PluginCrashedException>(() => plugin.RunCommand(["kill"], TextWriter.Null, TextWriter.Null)).Limit);
    }

    [Fact]
    public void All_limits_hold_for_the_worker_and_those_that_the_system_has_already_stay()
    {
        _limits.Memory = 512 * Mebibyte;
        _limits.ProcessorTime = TimeSpan.FromSeconds(2.5);
        _limits.OpenFiles = int.MaxValue;
        _limits.FileSize = 1234567;
        using PluginHost host = Host();
        host.Load(_scratch.Fixture("greedy", "liblimited.so"));

        int worker = Isolated.WorkersOf(Environment.ProcessId, "limited").Single();

        Assert.Equal([$"{512 * Mebibyte}", $"{512 * Mebibyte}"], LimitOf(worker, "Max data size"));
        Assert.Equal(["3", "4"], LimitOf(worker, "Max cpu time"));
        Assert.Equal(["1234567", "1234567"], LimitOf(worker, "Max file size"));
        Assert.Equal(LimitOf(Environment.ProcessId, "Max open files")[1], LimitOf(worker, "Max open files")[1]);
    }

    [Fact]
    public void A_reload_and_a_start_after_a_crash_have_the_same_limits()
    {
        _limits.OpenFiles = 100;
        using PluginHost host = Host(new PluginHostOptions { Reload = new PluginReloadOptions() });
        Plugin plugin = host.Load(_scratch.Fixture("greedy", "liblimited_again.so"));

        plugin.Reload();

        Assert.Equal(["100", "100"], LimitOf(Isolated.WorkersOf(Environment.ProcessId, "limited_again").Single(), "Max open files"));
    }

    [RootFact]
    public void A_number_of_processes_that_the_system_would_not_hold_root_to_is_refused()
    {
        _limits.UserProcesses = 1000;
        using PluginHost host = Host();

        var refusal = Assert.Throws<PluginLimitsException>(() => host.Load(_scratch.Fixture("greedy")));

        Assert.StartsWith("UserProcesses: ", refusal.Found, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_user_who_is_not_root_makes_no_more_threads_than_allowed()
    {
        // Nobody else has this number, so the processes of that user are the host that runs here, and its worker.
        using var shared = new SharedFolder();
        string[] asUser = ["--reuid", "4711", "--regid", "4711", "--clear-groups"];
        string program = shared.Copy(Repository.Host), plugin = shared.Copy(NativeFixtures.PathOf("greedy"));
        shared.Copy(Path.Combine(Repository.Dist, "native-plugins-worker"));

        HostResult result = HostProcess.RunProgram(
            RootFactAttribute.SetPriv, new HostEnvironment(), [.. asUser, program, "--isolate", "--set", "Worker:Limits:UserProcesses=60", plugin, "threads"]).Exits(0);

        string[] words = result.Output.Trim().Split(' ');
        Assert.Equal($"{TryAgain}", words[1]);
        Assert.InRange(int.Parse(words[0], CultureInfo.InvariantCulture), 20, 60);
    }

    [Theory]
    [InlineData("Worker:Limits:Memory=1000", "Plugins:greedy:Worker:Limits:Memory cannot be followed", "67108864 bytes or more", "'1000'")]
    [InlineData("Worker:Limits:ProcessorTime=00:00:00.5", "Plugins:greedy:Worker:Limits:ProcessorTime cannot be followed", "00:00:01 to 365.00:00:00", "'00:00:00.5'")]
    [InlineData("Worker:Limits:Sugar=10", "Plugins:greedy:Worker:Limits:Sugar cannot be followed", "one of Memory, ProcessorTime, OpenFiles, FileSize, UserProcesses", "'Sugar'")]
    [InlineData("Worker:Path=/x", "Plugins:greedy:Worker:Path cannot be followed", "one of Limits, Sandbox", "'Path'")]
    public void A_setting_that_cannot_be_followed_is_refused(string setting, string message, string expected, string found)
    {
        HostResult result = HostProcess.Run("--isolate", "--set", setting, NativeFixtures.PathOf("greedy"), "files").Exits(78);

        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Contains($"expected: {expected}", result.Error, StringComparison.Ordinal);
        Assert.Contains($"found:    {found}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_for_a_plugin_that_is_not_isolated_are_refused()
    {
        HostResult result = HostProcess.Run("--set", "Worker:Limits:OpenFiles=100", NativeFixtures.PathOf("greedy"), "files").Exits(78);

        Assert.Contains("found:    one that is to run in this process", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_for_an_id_that_was_not_known_in_time_are_refused()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Plugins:greedy:Worker:Limits:OpenFiles"] = "100" }).Build();
        using PluginHost host = Host(new PluginHostOptions { Configuration = configuration });

        Assert.Throws<PluginIsolationSettingException>(() => host.Load(_scratch.Fixture("greedy", "libother.so")));
    }

    [Fact]
    public void The_configuration_of_a_plugin_wins_over_the_options()
    {
        _limits.OpenFiles = 50;
        _limits.FileSize = 7;
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Plugins:configured:worker:limits:openfiles"] = "100" }).Build();
        using PluginHost host = Host(new PluginHostOptions { Configuration = configuration });
        host.Load(_scratch.Fixture("greedy", "libconfigured.so"));

        int worker = Isolated.WorkersOf(Environment.ProcessId, "configured").Single();

        Assert.Equal(["100", "100"], LimitOf(worker, "Max open files"));
        Assert.Equal(["7", "7"], LimitOf(worker, "Max file size"));
    }

    [Theory]
    [InlineData("C")]
    [InlineData("C#")]
    public void Host_says_which_limit_has_ended_the_plugin(string language)
    {
        string[] command = language == "C" ? [NativeFixtures.PathOf("greedy"), "spin"] : [Repository.Confined, "take", "spin"];

        HostResult result = HostProcess.Run(["--isolate", "--set", "Worker:Limits:ProcessorTime=00:00:01", .. command]).Exits(70);

        Assert.Contains("found:    signal 24 (SIGXCPU) has ended it: it has used ", result.Error, StringComparison.Ordinal);
        Assert.Contains("1 s were allowed (PluginLimits.ProcessorTime)", result.Error, StringComparison.Ordinal);
    }

    private PluginHost Host(PluginHostOptions? options = null)
    {
        options ??= new PluginHostOptions();
        options.Worker.Limits = _limits;
        return Isolated.Host(options);
    }

    private string Library(string language) => language == "C" ? _scratch.Fixture("greedy") : _scratch.Copy(Repository.Confined);

    private static (int Taken, string Found) Take(Plugin plugin, string language, string what, string where = "")
    {
        var output = new StringWriter();
        plugin.RunCommand(language == "C" ? [what, where] : ["take", what, where], output, TextWriter.Null);
        string[] words = output.ToString().Trim().Split(' ');
        return (int.Parse(words[0], CultureInfo.InvariantCulture), words[1]);
    }

    /// <summary>The two values that the system has for a process.</summary>
    private static string[] LimitOf(int process, string name) =>
        File.ReadLines($"/proc/{process}/limits").Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2];
}
