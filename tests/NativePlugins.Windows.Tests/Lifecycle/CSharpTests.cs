using NativePlugins.Host;

namespace NativePlugins.Windows.Tests.Lifecycle;

/// <summary>Plugins in C# that NativeAOT has compiled, in an application under the JIT: each brings a runtime of its own.</summary>
public sealed class CSharpTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Fact]
    public void A_plugin_greets()
    {
        Assert.Equal((0, "Hello, Ada!\r\n"), Hosts.RunOnce(_scratch.Copy("hello_world"), "Ada"));
    }

    [Fact]
    public void A_reload_keeps_the_state_and_the_new_version_takes_it_over()
    {
        string library = _scratch.Install("counter");
        using PluginHost host = Staging();
        Plugin plugin = host.Load(library);
        plugin.Run();
        plugin.Run();
        Scratch.Replace(library, "counter_2");

        plugin.Reload();

        Assert.Equal((0, "run 3, 1 by ada\r\n"), plugin.Run("ada"));
        Assert.Equal("2.0.0", plugin.Description.Version);
    }

    [Fact]
    public void The_installed_library_can_be_overwritten_and_deleted_while_it_serves()
    {
        string library = _scratch.Copy("counter");
        using PluginHost host = Staging();
        Plugin plugin = host.Load(library);

        File.WriteAllBytes(library, []);
        File.Delete(library);

        Assert.Equal((0, "run 1\r\n"), plugin.Run());
    }

    [Fact]
    public void Each_generation_stays_resident()
    {
        string library = _scratch.Copy("counter");
        using PluginHost host = Staging();
        Plugin plugin = host.Load(library);
        int before = PluginHost.ResidentImageCount;

        PluginReload reload = plugin.Reload();

        Assert.Equal(PluginRetiredImage.Resident, reload.Retirement!.Image);
        Assert.Equal(before + 1, PluginHost.ResidentImageCount);
    }

    [Fact]
    public void Beyond_the_limit_a_reload_is_refused_and_the_old_generation_goes_on()
    {
        string library = _scratch.Copy("counter");
        using var host = new PluginHost(new PluginHostOptions
        {
            MaxResidentImages = PluginHost.ResidentImageCount + 1,
            Reload = new PluginReloadOptions { StagingDirectory = _scratch.Folder("staging") },
        });
        Plugin plugin = host.Load(library);

        Assert.Equal("NP3005", Assert.Throws<PluginResidentLimitException>(() => plugin.Reload()).Code);

        Assert.Equal((0, "run 1\r\n"), plugin.Run());
    }

    [Fact]
    public void NullReferenceExceptions_are_caught_in_the_application_and_in_the_oldest_and_the_newest_of_four_plugins()
    {
        using PluginHost host = Hosts.Of();
        Plugin[] plugins = [.. Enumerable.Range(0, 4).Select(i => host.Load(_scratch.Copy("probe", $"probe{i}.dll")))];

        Assert.Throws<NullReferenceException>(() => LengthOf(null!));
        Assert.Equal((0, "caught\r\n"), plugins[0].Run("null-reference"));
        Assert.Equal((0, "caught\r\n"), plugins[^1].Run("null-reference"));
        Assert.Equal((0, "4 caught\r\n"), plugins[0].Run("threads", "4"));
        Assert.Throws<NullReferenceException>(() => LengthOf(null!));
    }

    [Fact]
    public void An_exception_of_a_command_is_a_fault_with_its_type_and_message()
    {
        using PluginHost host = Hosts.Of();
        Plugin plugin = host.Load(_scratch.Copy("probe"));

        var e = Assert.Throws<PluginFaultException>(() => plugin.Run("throw"));

        Assert.Equal(("System.InvalidOperationException", "the outer one"), (e.Remote!.Type, e.Remote.Message));
        Assert.Equal((0, "probe ran\r\n"), plugin.Run());
    }

    [Fact]
    public void A_command_is_cancelled()
    {
        using PluginHost host = Hosts.Of();
        Plugin plugin = host.Load(_scratch.Copy("probe"));
        using var cancellation = new CancellationTokenSource();
        using var output = new CallbackWriter(text =>
        {
            if (text.Contains("waiting", StringComparison.Ordinal))
            {
                cancellation.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(() => plugin.RunCommand(["wait"], output, TextWriter.Null, cancellation.Token));
        Assert.Contains("cancelled", output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_of_the_application_may_call_it_and_end()
    {
        using PluginHost host = Hosts.Of();
        Plugin plugin = host.Load(_scratch.Copy("probe"));
        var answers = new (int Status, string Output)[8];
        Thread[] threads = [.. Enumerable.Range(0, answers.Length).Select(i => new Thread(() => answers[i] = plugin.Run("null-reference")))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.All(answers, answer => Assert.Equal((0, "caught\r\n"), answer));
        Assert.Equal((0, "probe ran\r\n"), plugin.Run());
    }

    [Fact]
    public void Plugins_in_CSharp_and_in_C_run_beside_each_other()
    {
        using PluginHost host = Hosts.Of();
        Plugin csharp = host.Load(_scratch.Copy("hello_world"));
        Plugin c = host.Load(_scratch.Copy("hello_c"));

        Assert.Equal(((0, "Hello, Ada!\n"), (0, "Hello, Ada!\r\n")), (c.Run("Ada"), csharp.Run("Ada")));
    }

    public void Dispose() => _scratch.Dispose();

    private PluginHost Staging() => new(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = _scratch.Folder("staging") } });

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static int LengthOf(string text) => text.Length;
}
