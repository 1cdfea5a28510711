using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>What a generation leaves behind, and what others do meanwhile.</summary>
public partial class GenerationTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    [Fact]
    public void Two_plugins_reload_together_while_each_calls_the_other()
    {
        const int Reloads = 20;
        using var first = new Installed();
        using var second = new Installed();
        bool isOver = false;
        var unexpected = new List<Exception>();
        Thread Caller(Plugin outer, Plugin inner) => new(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                var output = new CallbackStream(() => Nested(inner));
                outer.RunCommand([], output, output);
            }
        });
        void Nested(Plugin inner)
        {
            try
            {
                inner.RunCommand([], Stream.Null, Stream.Null);
            }
            catch (PluginReloadingException)
            {
                // A caller inside one plugin never waits for another.
            }
            catch (Exception e)
            {
                lock (unexpected)
                {
                    unexpected.Add(e);
                }
            }
        }

        Thread[] callers = [Caller(first.Plugin, second.Plugin), Caller(second.Plugin, first.Plugin)];
        Array.ForEach(callers, thread => thread.Start());
        Thread[] reloaders = [.. new[] { first, second }.Select(installed => new Thread(() =>
        {
            for (int i = 0; i < Reloads; i++)
            {
                installed.Install(1 + (i % 2));
                installed.Plugin.Reload();
            }
        }))];
        Array.ForEach(reloaders, thread => thread.Start());

        Assert.All(reloaders, thread => Assert.True(thread.Join(s_limit)));
        Volatile.Write(ref isOver, true);
        Assert.All(callers, thread => Assert.True(thread.Join(s_limit)));
        Assert.Empty(unexpected);
        Assert.Equal((Reloads + 1, Reloads + 1), (first.Plugin.Generation, second.Plugin.Generation));
    }

    [Fact]
    public void A_plugin_thread_that_outlives_stop_is_refused_the_hosts_services()
    {
        using var scratch = new Scratch();
        string file = scratch.PathOf("status");
        using var host = new PluginHost(new PluginHostOptions
        {
            Configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Plugins:late_logger:File", file)]).Build(),
            Reload = new PluginReloadOptions { StagingDirectory = scratch.Folder("staging") },
        });
        Plugin plugin = host.Load(scratch.Fixture("late_logger"));

        PluginReload reload = plugin.Reload();

        Assert.Equal(PluginRetiredImage.Pinned, reload.Retirement!.Image);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(file) && File.ReadAllText(file) == "-4\n", s_limit));
        Assert.Equal(0, plugin.RunCommand([], TextWriter.Null, TextWriter.Null));
    }

    [Fact]
    public void A_callback_that_is_held_after_retirement_is_answered_with_invalid_state()
    {
        using var scratch = new Scratch();
        string file = scratch.PathOf("status");
        using var host = new PluginHost(new PluginHostOptions
        {
            Configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Plugins:late_callback:File", file)]).Build(),
            Reload = new PluginReloadOptions { StagingDirectory = scratch.Folder("staging") },
        });
        Plugin plugin = host.Load(scratch.Fixture("late_callback"));
        Assert.Equal("in time\n", Installed.Run(plugin));
        Assert.Equal(PluginRetiredImage.Pinned, plugin.Reload().Retirement!.Image);

        File.WriteAllText(file + ".sign", "");

        Assert.True(SpinWait.SpinUntil(() => File.Exists(file) && File.ReadAllText(file) == "-4\n", s_limit));
        Assert.Equal("in time\n", Installed.Run(plugin));
    }

    [Fact]
    public void Text_that_was_kept_from_a_retired_generation_can_be_read()
    {
        using var installed = new Installed("VERSION=\"1.2.3-kept\"");
        PluginDescription kept = installed.Plugin.Description;
        installed.Install(2);

        Assert.Equal(PluginRetiredImage.Unmapped, installed.Plugin.Reload().Retirement!.Image);

        Assert.Equal(("generations", "1.2.3-kept", "1.0.0"), (kept.Id, kept.Version, installed.Plugin.Description.Version));
    }

    [Theory]
    [InlineData("generations", "Unmapped")]
    [InlineData("probe", "Resident")]
    public void Threads_that_used_a_retired_generation_end_in_peace(string plugin, string image)
    {
        using var scratch = new Scratch();
        string library = scratch.Copy(plugin == "probe" ? Repository.Probe : Installed.Compiled(1), $"lib{plugin}.so");

        HostResult result = HostProcess.RunProgram(
            Repository.NativeEmbedder, new HostEnvironment(), "threads-end", library, scratch.Folder("staging"));

        Assert.Equal($"{image}\n16 threads ended, generation 2\n", result.Exits(0).Output);
    }

    [Theory]
    [InlineData("generations", "approve")]
    [InlineData("generations", "load")]
    [InlineData("generations", "retire")]
    [InlineData("probe", "approve")]
    [InlineData("probe", "load")]
    [InlineData("probe", "retire")]
    public void The_process_can_end_during_a_reload(string plugin, string phase)
    {
        using var scratch = new Scratch();
        string library = scratch.Copy(plugin == "probe" ? Repository.Probe : Installed.Compiled(1), $"lib{plugin}.so");

        HostResult result = HostProcess.RunProgram(
            Repository.NativeEmbedder, new HostEnvironment(), "exit-in-reload", library, scratch.Folder("staging"), phase);

        Assert.Equal("ends\n", result.Exits(0).Output);
    }

    [Fact]
    public void Under_CoreCLR_300_generations_are_fine_and_exceptions_are_caught_in_all()
    {
        using var scratch = new Scratch();

        int count = Math.Min(300, PluginHost.ResidentImageLimit - 2);

        HostResult result = ManagedEmbedder.RunWith(
            null, new HostEnvironment { Limit = TimeSpan.FromMinutes(5) }, LimitCommand(scratch, count));

        Assert.Equal($"generation {count + 1}, resident {count + 2}, refusals 0\n{AllCaught}", result.Exits(0).Output);
    }

    [Fact]
    public void Without_the_dispatcher_one_generation_beyond_the_limit_is_refused_and_the_last_one_goes_on()
    {
        using var scratch = new Scratch();

        HostResult result = ManagedEmbedder.RunWith(ManagedEmbedder.WithoutDispatcher, new HostEnvironment(), LimitCommand(scratch, 100));

        Match refusal = Refusal().Match(result.Exits(0).Output);
        Assert.True(refusal.Success, result.Output);
        int resident = int.Parse(refusal.Groups["resident"].Value, CultureInfo.InvariantCulture);
        Assert.Equal($"generation {resident - 1}, resident {resident}, refusals 1\n{AllCaught}", result.Output[refusal.Length..]);
    }

    [Fact]
    public void Under_NativeAOT_a_hundred_generations_are_fine()
    {
        using var scratch = new Scratch();

        HostResult result = HostProcess.RunProgram(Repository.NativeEmbedder, new HostEnvironment(), LimitCommand(scratch, 100));

        Assert.Equal($"generation 101, resident 102, refusals 0\n{AllCaught}", result.Exits(0).Output);
    }

    private const string AllCaught = """
        itself: caught, on a thread: caught
        plugin: caught, 2 caught, on a thread: caught, 2 caught
        plugin: caught, 2 caught, on a thread: caught, 2 caught
        itself again: caught

        """;

    [GeneratedRegex(@"^refused generation \d+: NP3005, found (?<resident>\d+) are resident already; they cannot be unloaded\n")]
    private static partial Regex Refusal();

    private static string[] LimitCommand(Scratch scratch, int count) =>
    [
        "reload-limit", scratch.Copy(Repository.Probe, "liboldest.so"), scratch.Copy(Repository.Probe, "libreloaded.so"),
        scratch.Folder("staging"), $"{count}",
    ];
}
