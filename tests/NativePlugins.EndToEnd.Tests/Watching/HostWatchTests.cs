using System.Globalization;
using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary><c>host watch</c> on a plugin in C that is written over, as a build does.</summary>
[Trait("Category", "Published")]
public sealed class HostWatchTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly string _library;
    private readonly string _staging;

    public HostWatchTests()
    {
        _library = Path.Combine(_scratch.Folder("plugins"), "libgenerations.so");
        _staging = _scratch.Folder("staging");
        Install(1);
    }

    [Fact]
    public void A_new_build_is_picked_up_by_itself_and_runs_with_the_state_of_the_old_one()
    {
        using Watched watched = Watch();
        Assert.Equal("generation 1, run 1\n", watched.WaitForRun(1));

        Install(2);

        Assert.Equal("generation 2, run 2\n", watched.WaitForRun(2));
    }

    [Fact]
    public void A_broken_build_shows_the_reason_and_the_old_one_goes_on()
    {
        using Watched watched = Watch();
        watched.WaitForRun(1);

        File.WriteAllText(_library, "this is not a library, but it is long enough to be one: 64 bytes and more");
        JsonElement failed = watched.WaitFor("reload_failed", 2);
        Install(2);

        Assert.Equal("NP2003", failed.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("generation 2, run 2\n", watched.WaitForRun(2));
    }

    [Fact]
    public void Each_event_is_an_object_with_these_fields()
    {
        using Watched watched = Watch();
        watched.WaitForRun(1);
        Install(2);
        watched.WaitForRun(2);
        watched.WaitFor("retired", 1);
        File.WriteAllText(_library, "no library");
        watched.WaitFor("reload_failed", 3);

        IReadOnlyList<JsonElement> events = watched.End();

        Assert.Equal(
            [
                "loaded: event, generation, phase_ms",
                "ran: event, generation, phase_ms, status, output",
                "reload_failed: event, generation, phase_ms, error",
                "reloaded: event, generation, phase_ms",
                "reloading: event, generation",
                "retired: event, generation, phase_ms, image",
            ],
            events.Select(Describe).Distinct().Order(StringComparer.Ordinal));
        string[] phases = ["detect", "verify", "stage", "load", "start", "drain", "migrate"];
        JsonElement times = events.Single(item => NameOf(item) == "reloaded").GetProperty("phase_ms");
        Assert.All(phases, phase => Assert.True(times.GetProperty(phase).GetDouble() > 0, phase));
    }

    [Fact]
    public void A_retired_generation_that_stays_mapped_says_what_it_takes()
    {
        Install(1, "FLAGS=0");
        using Watched watched = Watch();
        watched.WaitForRun(1);

        Install(2);

        JsonElement usage = watched.WaitFor("retired", 1).GetProperty("usage");
        Assert.Equal(
            ["mappings", "mapped_bytes", "resident_bytes", "modified_bytes", "added_threads"],
            usage.EnumerateObject().Select(member => member.Name));
        Assert.All(usage.EnumerateObject(), member => Assert.True(member.Value.GetInt64() > 0 || member.Name == "added_threads", $"{member}"));
    }

    [Fact]
    public void Ctrl_C_ends_it_and_leaves_nothing_behind()
    {
        using Watched watched = Watch();
        watched.WaitForRun(1);

        watched.End();

        Assert.Empty(Directory.GetFiles(_staging, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_command_that_still_runs_is_asked_to_end_when_the_plugin_is_replaced()
    {
        string slow = _scratch.Fixture("slow_command");
        using HostProcess host = HostProcess.Start(Repository.Host, new HostEnvironment(), "watch", "--staging-dir", _staging, slow);
        host.WaitForOutput("waiting\n");

        File.AppendAllText(slow, " ");

        host.WaitForOutput("waiting\ncancelled\nwaiting\n");
        host.Signal("INT");
        Assert.Equal("waiting\ncancelled\nwaiting\ncancelled\n", host.WaitForEnd().Exits(130).Output);
    }

    [Fact]
    public void For_a_person_output_stays_as_it_is_and_the_rest_is_on_standard_error()
    {
        using HostProcess host = HostProcess.Start(Repository.Host, new HostEnvironment(), "watch", "--staging-dir", _staging, _library);
        host.WaitForOutput("generation 1, run 1\n");
        Install(2);
        host.WaitForOutput("generation 2, run 2\n");

        host.Signal("INT");

        HostResult result = host.WaitForEnd().Exits(130);
        Assert.Equal("generation 1, run 1\ngeneration 2, run 2\n", result.Output);
        Assert.Contains("host: generation 2, generations 1.0.0: serves after", result.Error, StringComparison.Ordinal);
        Assert.Contains("4 bytes of state carried over", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
    }

    [Fact]
    public void After_a_build_whose_constructor_hangs_the_next_one_runs_in_a_fresh_process()
    {
        using Watched watched = Watch("--timeout", "1s");
        watched.WaitForRun(1);

        Install(2, "CONSTRUCTOR_HANGS");
        Assert.Equal("NP3017", CodeOf(watched.WaitFor("reload_failed", 2)));
        Install(3);

        Assert.Equal(Path.GetFileName(_library), Path.GetFileName(watched.WaitFor("restarting", 1).GetProperty("library").GetString()));
        watched.WaitForText("generation 3, run 1");
        watched.Interrupt().Exits(130);
        Assert.Empty(Directory.GetFiles(_staging, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_fresh_process_waits_for_a_build_that_can_be_loaded()
    {
        using Watched watched = Watch("--timeout", "1s");
        watched.WaitForRun(1);
        Install(2, "CONSTRUCTOR_HANGS");
        watched.WaitFor("reload_failed", 2);
        Install(3, "CONSTRUCTOR_HANGS");

        Assert.Equal("NP3017", CodeOf(watched.WaitFor("reload_failed", 1)));
        Install(4);

        watched.WaitFor("restarting", 0);
        watched.WaitForText("generation 4, run 1");
        watched.Interrupt().Exits(130);
    }

    [Fact]
    public void After_a_generation_whose_destructor_hangs_the_next_build_runs_in_a_fresh_process()
    {
        Install(1, "DESTRUCTOR_HANGS");
        using Watched watched = Watch("--timeout", "1s");
        watched.WaitForRun(1);

        Install(2);
        Assert.Equal("quarantined", watched.WaitFor("retired", 1).GetProperty("image").GetString());
        Install(3);

        watched.WaitForText("generation 3, run 1");
        watched.Interrupt().Exits(130);
    }

    [NoInotifyFact]
    public void Without_inotify_a_new_build_is_picked_up_by_looking_now_and_then()
    {
        using HostProcess host = HostProcess.Start(
            NoInotifyFactAttribute.Command[0], new HostEnvironment(),
            [.. NoInotifyFactAttribute.Command[1..], Repository.Host, "watch", "--staging-dir", _staging, _library]);
        host.WaitForOutput("generation 1, run 1\n");

        Install(2);

        host.WaitForOutput("generation 2, run 2\n");
        host.Signal("INT");
        Assert.Contains("notifications about the files of plugin generations failed", host.WaitForEnd().Exits(130).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_build_is_picked_up_although_notifications_overflowed()
    {
        using HostProcess host = HostProcess.Start(Repository.Host, new HostEnvironment(), "watch", "--staging-dir", _staging, _library);
        host.WaitForOutput("generation 1, run 1\n");
        string noise = Path.Combine(Path.GetDirectoryName(_library)!, "noise");
        int most = int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_queued_events"), CultureInfo.InvariantCulture);

        // While the host is stopped it reads no notifications; each round makes two or more, so that the system's queue overflows.
        host.Signal("STOP");
        for (int i = 0; i < most; i++)
        {
            File.WriteAllText(noise, "");
            File.Delete(noise);
        }

        Install(2);
        host.Signal("CONT");

        host.WaitForOutput("generation 2, run 2\n");
        host.Signal("INT");
        Assert.Contains("notifications about the files of plugin generations failed", host.WaitForEnd().Exits(130).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_that_cannot_be_loaded_at_first_ends_it_with_the_reason()
    {
        HostResult result = HostProcess.Run("watch", "--json", _scratch.Write("libgarbage.so", new string('?', 100))).Exits(65);

        Assert.Equal("NP2003", result.ErrorObject.GetProperty("code").GetString());
    }

    public void Dispose() => _scratch.Dispose();

    private static string NameOf(JsonElement item) => item.GetProperty("event").GetString()!;

    private static string Describe(JsonElement item) =>
        $"{NameOf(item)}: {string.Join(", ", item.EnumerateObject().Select(member => member.Name))}";

    private static string? CodeOf(JsonElement failed) => failed.GetProperty("error").GetProperty("code").GetString();

    private Watched Watch(params string[] options) => new(new HostEnvironment(), [.. options, "--staging-dir", _staging, _library]);

    private void Install(int generation, string defines = "") =>
        File.WriteAllBytes(_library, File.ReadAllBytes(Installed.Compiled(generation, defines)));
}
