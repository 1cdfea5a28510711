using Microsoft.Extensions.Configuration;
using NativePlugins.Host;

namespace NativePlugins.Windows.Tests.Lifecycle;

public sealed class PluginTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData("hello_c", "Hello, Ada!\n")]
    [InlineData("hello_cpp", "Hello, Ada!\n")]
    public void A_sample_greets(string sample, string expected)
    {
        Assert.Equal((0, expected), Hosts.RunOnce(_scratch.Copy(sample), "Ada"));
    }

    [Fact]
    public void Arguments_reach_the_plugin_unchanged()
    {
        Assert.Equal((0, "0 \n7 Größe\n4 🧩\n5 a\\\"b'\n"), Hosts.RunOnce(_scratch.Copy("echo"), "", "Größe", "🧩", "a\\\"b'"));
    }

    [Fact]
    public void The_plugins_status_is_the_commands()
    {
        Assert.Equal(42, Hosts.RunOnce(_scratch.Copy("exit_status"), "42").Status);
    }

    [Fact]
    public void A_plugin_is_told_where_it_is_installed()
    {
        string library = _scratch.Copy("paths_printer", "Größe 🧩", "paths_printer.dll");
        using var host = new PluginHost(new PluginHostOptions { DataDirectory = _scratch.PathOf("data") });

        string[] lines = host.Load(library).Run().Output.Split('\n');

        Assert.Equal(Path.GetDirectoryName(library), lines[0], ignoreCase: true);
    }

    [Fact]
    public void A_plugins_data_directory_is_made()
    {
        string library = _scratch.Copy("paths_printer");
        using var host = new PluginHost(new PluginHostOptions { DataDirectory = _scratch.PathOf("data 🧩") });

        string[] lines = host.Load(library).Run().Output.Split('\n');

        Assert.Equal(_scratch.PathOf("data 🧩", "paths_printer"), lines[1], ignoreCase: true);
        Assert.True(Directory.Exists(lines[1]));
    }

    [Fact]
    public void The_data_directory_lies_in_the_users_local_data_where_none_is_set()
    {
        string library = _scratch.Copy("paths_printer");
        using PluginHost host = Hosts.Of();

        string[] lines = host.Load(library).Run().Output.Split('\n');

        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        Assert.Equal(Path.Combine(local, "native-plugins", "paths_printer"), lines[1], ignoreCase: true);
    }

    [Fact]
    public void A_plugin_reads_its_settings()
    {
        string library = _scratch.Copy("config_reader");
        using var host = new PluginHost(new PluginHostOptions
        {
            Configuration = new ConfigurationBuilder()
                .AddInMemoryCollection([new("Plugins:config_reader:Größe", "🧩")]).Build(),
        });

        Assert.Contains("🧩", host.Load(library).Run("Größe").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_that_cannot_be_created_is_refused_and_its_file_free()
    {
        string library = _scratch.Copy("create_fails");

        Assert.IsType<PluginCreateFailedException>(Hosts.Refusal(library));

        File.Delete(library);
        Assert.False(File.Exists(library));
    }

    [Fact]
    public void A_plugin_that_cannot_be_started_is_refused()
    {
        Assert.IsType<PluginStartFailedException>(Hosts.Refusal(_scratch.Copy("start_fails")));
    }

    [Fact]
    public void A_fault_in_a_command_is_reported_with_the_plugins_words()
    {
        using PluginHost host = Hosts.Of();
        Plugin plugin = host.Load(_scratch.Copy("fault_in_run"));

        var e = Assert.Throws<PluginFaultException>(() => plugin.Run());

        Assert.Equal("fixture::Fault", e.Remote!.Type);
    }

    [Fact]
    public void An_entry_that_hangs_is_given_up_at_the_deadline()
    {
        string library = _scratch.Copy("hangs_in_entry");
        using var host = new PluginHost(new PluginHostOptions { LifecycleDeadline = TimeSpan.FromMilliseconds(200) });

        Assert.Throws<PluginDeadlineException>(() => host.Load(library));
    }

    [Fact]
    public void A_plugin_without_the_command_service_is_refused_when_it_is_run()
    {
        using PluginHost host = Hosts.Of();
        Plugin plugin = host.Load(_scratch.Copy("no_command"));

        Assert.Throws<PluginServiceMissingException>(() => plugin.Run());
    }

    [Fact]
    public void A_command_is_cancelled()
    {
        using PluginHost host = Hosts.Of();
        Plugin plugin = host.Load(_scratch.Copy("waits"));
        using var cancellation = new CancellationTokenSource();
        using var output = new CallbackWriter(text =>
        {
            if (text.Contains("waiting", StringComparison.Ordinal))
            {
                cancellation.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(() => plugin.RunCommand([], output, TextWriter.Null, cancellation.Token));
        Assert.Contains("cancelled", output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_plugins_in_two_languages_run_beside_each_other()
    {
        using PluginHost host = Hosts.Of();
        Plugin c = host.Load(_scratch.Copy("hello_c"));
        Plugin cpp = host.Load(_scratch.Copy("hello_cpp"));

        Assert.Equal(c.Run("Ada"), cpp.Run("Ada"));
    }

    public void Dispose() => _scratch.Dispose();
}
