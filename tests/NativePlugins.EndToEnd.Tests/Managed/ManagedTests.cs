using System.Text;
using Microsoft.Extensions.Logging;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>A plugin's managed assembly in place of its published library, in an application in development.</summary>
public class ManagedTests
{
    [Fact]
    public void A_managed_assembly_is_refused_unless_that_is_allowed()
    {
        using var host = new PluginHost(new PluginHostOptions { AllowUntrustedDirectories = true });

        var e = Assert.Throws<PluginKindException>(() => host.Load(Repository.AssemblyOf("probe")));

        Assert.Equal("a managed .NET assembly", e.Found);
    }

    [Fact]
    public void It_runs_as_its_published_library_does()
    {
        using PluginHost host = Host();

        Plugin plugin = host.Load(Repository.AssemblyOf("probe"));

        Assert.True(plugin.IsManaged);
        Assert.Equal("probe 1.2.3", $"{plugin.Description.Id} {plugin.Description.Version}");
        Assert.Equal("2 ab\n", Run(plugin, "echo", "ab").Output);
    }

    [Fact]
    public void What_it_writes_to_the_console_is_its_commands()
    {
        using PluginHost host = Host();
        Plugin plugin = host.Load(Repository.AssemblyOf("probe"));

        Assert.Equal(("on Console.Out\n", "on Console.Error\n"), Run(plugin, "write"));
    }

    [Fact]
    public void A_reload_keeps_its_state_and_the_old_load_context_goes()
    {
        using PluginHost host = Host();
        Plugin plugin = host.Load(Repository.AssemblyOf("counter"));
        var retired = new List<PluginRetiredImage>();
        plugin.Retired += (_, e) => retired.Add(e.Retirement.Image);
        Run(plugin);

        plugin.Reload();

        Assert.Equal("run 2\n", Run(plugin).Output);
        Assert.Equal([PluginRetiredImage.Unmapped], retired);
    }

    [Fact]
    public void A_command_that_has_written_to_the_console_does_not_keep_the_load_context()
    {
        using PluginHost host = Host();
        Plugin plugin = host.Load(Repository.AssemblyOf("probe"));
        PluginRetiredImage? retired = null;
        plugin.Retired += (_, e) => retired = e.Retirement.Image;
        Run(plugin, "write");

        plugin.Reload();

        Assert.Equal(PluginRetiredImage.Unmapped, retired);
    }

    [Fact]
    public void Disposing_of_it_lets_the_load_context_go()
    {
        var loggers = new RecordingLoggers();
        using PluginHost host = Host(loggers);

        host.Load(Repository.AssemblyOf("probe")).Dispose();

        Assert.DoesNotContain(loggers.Records, record => record.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("event", " → System.EventHandler → ")]
    [InlineData("timer", "System.Threading.TimerQueueTimer → System.Threading.TimerCallback")]
    [InlineData("thread", "a thread that has not ended keeps it, through System.Threading.Thread")]
    [InlineData("handle", "a GCHandle keeps it, through Probe")]
    public void What_keeps_a_load_context_is_named(string what, string named)
    {
        var loggers = new RecordingLoggers();
        using PluginHost host = Host(loggers);
        Plugin plugin = host.Load(Repository.AssemblyOf("probe"));
        Run(plugin, "pin", what);

        plugin.Dispose();

        string message = Assert.Single(loggers.Records, record => record.Level >= LogLevel.Warning).Message;
        Assert.StartsWith("The load context of probe.dll was unloaded, and does not go, as something still refers to it: ", message, StringComparison.Ordinal);
        Assert.True(message.Contains(named, StringComparison.Ordinal), message);
    }

    [Fact]
    public void Reloads_under_load_lose_no_call_and_leave_no_load_context()
    {
        const int Reloads = 10;
        using PluginHost host = Host();
        Plugin plugin = host.Load(Repository.AssemblyOf("counter"));
        var retired = new List<PluginRetiredImage>();
        plugin.Retired += (_, e) => retired.Add(e.Retirement.Image);
        using var end = new CancellationTokenSource();
        Task<int>[] callers = [.. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
            () =>
            {
                int runs = 0;
                while (!end.IsCancellationRequested)
                {
                    Run(plugin);
                    runs++;
                }

                return runs;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

        for (int i = 0; i < Reloads; i++)
        {
            plugin.Reload();
        }

        end.Cancel();
        int done = callers.Sum(caller => caller.GetAwaiter().GetResult());
        Assert.Equal($"run {done + 1}\n", Run(plugin).Output);
        Assert.Equal(Enumerable.Repeat(PluginRetiredImage.Unmapped, Reloads), retired);
    }

    [Fact]
    public void Its_files_are_free_while_it_runs()
    {
        using PluginHost host = Host();
        using (PluginFolder("probe", out string assembly))
        {
            Plugin plugin = host.Load(assembly);
            Directory.Delete(Path.GetDirectoryName(assembly)!, recursive: true);

            Assert.Equal("2 ab\n", Run(plugin, "echo", "ab").Output);
        }
    }

    [Fact]
    public void A_new_build_of_it_reloads_it_where_it_is_watched()
    {
        using PluginHost host = Host(watch: true);
        using (PluginFolder("counter", out string assembly))
        {
            Plugin plugin = host.Load(assembly);
            using var reloaded = new ManualResetEventSlim();
            plugin.Reloaded += (_, _) => reloaded.Set();

            File.Copy(Repository.AssemblyOf("counter_2"), assembly, overwrite: true);

            Assert.True(reloaded.Wait(TimeSpan.FromMinutes(1)));
            Assert.Equal("2.0.0", plugin.Description.Version);
        }
    }

    [Fact]
    public void An_assembly_without_what_it_references_is_refused_with_the_name_of_that()
    {
        using PluginHost host = Host();
        using var scratch = new Scratch();

        var e = Assert.Throws<PluginManagedException>(() => host.Load(scratch.Copy(Repository.AssemblyOf("probe"))));

        Assert.Contains("NativePlugins.Sdk", e.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void An_assembly_that_is_no_plugins_is_refused()
    {
        using PluginHost host = Host();

        Assert.Throws<PluginEntryMissingException>(() => host.Load(typeof(PluginHost).Assembly.Location));
    }

    [Fact]
    public void It_is_not_isolated()
    {
        using PluginHost host = Host();

        Assert.Throws<PluginInProcessOnlyException>(() => host.Load(Repository.AssemblyOf("probe"), PluginIsolation.Process));
    }

    [Fact]
    public void A_published_application_refuses_it_and_says_how_plugins_are_shipped()
    {
        HostResult result = HostProcess.Run(Repository.AssemblyOf("probe")).Exits(65);

        Assert.Contains("Publish the project with NativeAOT", result.Error, StringComparison.Ordinal);
    }

    private static PluginHost Host(RecordingLoggers? loggers = null, bool watch = false)
    {
        var options = new PluginHostOptions { Reload = new PluginReloadOptions { Watch = watch }, AllowUntrustedDirectories = true };
        options.Development.AllowManaged = true;
        if (loggers is not null)
        {
            options.LoggerFactory = loggers;
        }

        return new PluginHost(options);
    }

    private static (string Output, string Error) Run(Plugin plugin, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        Assert.Equal(0, plugin.RunCommand(arguments, output, error));
        return (Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    private static Scratch PluginFolder(string plugin, out string assembly)
    {
        var scratch = new Scratch();
        string folder = scratch.Folder("built");
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(Repository.AssemblyOf(plugin))!, "*.dll"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        assembly = Path.Combine(folder, plugin + ".dll");
        return scratch;
    }
}
