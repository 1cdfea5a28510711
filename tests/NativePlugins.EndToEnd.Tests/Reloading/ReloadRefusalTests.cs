namespace NativePlugins.EndToEnd.Tests;

/// <summary>A new library that is not fit: the old generation goes on, with its state, as if nothing had happened.</summary>
public class ReloadRefusalTests
{
    [Fact]
    public void Half_written_file()
    {
        using var installed = new Installed();
        byte[] whole = File.ReadAllBytes(Installed.Compiled(2));
        installed.Install(whole[..(whole.Length / 2)]);

        installed.RefuseReload<PluginFileTooShortException>();
    }

    [Fact]
    public void Truncated_to_its_header()
    {
        using var installed = new Installed();
        installed.Install(File.ReadAllBytes(Installed.Compiled(2))[..64]);

        installed.RefuseReload<PluginFileTooShortException>();
    }

    [Fact]
    public void Truncated_to_nothing()
    {
        using var installed = new Installed();
        installed.Install([]);

        installed.RefuseReload<PluginFileTooShortException>();
    }

    [Fact]
    public void Garbage()
    {
        using var installed = new Installed();
        installed.Install("#!/bin/sh\nexit 1\n"u8.ToArray());

        installed.RefuseReload<PluginFormatException>();
    }

    [Fact]
    public void Wrong_architecture()
    {
        using var installed = new Installed();
        byte[] bytes = File.ReadAllBytes(Installed.Compiled(2));
        bytes[18] = 0xB7; // e_machine: EM_AARCH64, or else EM_X86_64 on such a machine
        bytes[18] = File.ReadAllBytes(Installed.Compiled(2))[18] == 0xB7 ? (byte)0x3E : (byte)0xB7;
        installed.Install(bytes);

        installed.RefuseReload<PluginArchitectureException>();
    }

    [Fact]
    public void Missing_entry()
    {
        using var installed = new Installed();

        installed.RefuseReload<PluginEntryMissingException>(2, "ENTRY_NAME=another_entry");
    }

    [Fact]
    public void Abi_mismatch()
    {
        using var installed = new Installed();

        installed.RefuseReload<PluginAbiVersionException>(2, "MAJOR=2");
    }

    [Fact]
    public void Layout_mismatch()
    {
        using var installed = new Installed();

        installed.RefuseReload<PluginLayoutException>(2, "LAYOUT_HASH=1");
    }

    [Fact]
    public void Another_plugin()
    {
        using var installed = new Installed();

        installed.RefuseReload<PluginIdentityException>(2, "PLUGIN_ID=\"another\"");
    }

    [Fact]
    public void Missing_service_that_the_application_holds()
    {
        using var installed = new Installed();
        installed.Plugin.GetService("test.add/1");

        installed.RefuseReload<PluginServiceMissingException>(2, "HAS_ADD=0");
    }

    [Fact]
    public void Missing_dependency()
    {
        using var installed = new Installed();
        installed.Install(File.ReadAllBytes(NativeFixtures.PathOf("missing_dependency")));

        installed.RefuseReload<PluginDependencyMissingException>();
    }

    [Fact]
    public void Deleted()
    {
        using var installed = new Installed();
        File.Delete(installed.Library);

        installed.RefuseReload<PluginNotFoundException>();
    }

    [Fact]
    public void Start_fails()
    {
        using var installed = new Installed();

        installed.RefuseReload<PluginStartFailedException>(2, "START_FAILS");
    }

    [Fact]
    public void Start_hangs()
    {
        using var installed = new Installed(configure: options => options.LifecycleDeadline = TimeSpan.FromSeconds(1));

        PluginDeadlineException refusal = installed.RefuseReload<PluginDeadlineException>(2, "START_HANGS");

        Assert.Contains("start of the plugin", refusal.Summary, StringComparison.Ordinal);
        installed.Install(3);
        installed.Plugin.Reload();
        Assert.Equal("generation 3, run 3\n", installed.Run());
    }

    [Fact]
    public void Get_service_hangs_for_a_service_that_the_application_holds()
    {
        using var installed = new Installed("HAS_STATE=0", options => options.LifecycleDeadline = TimeSpan.FromSeconds(1));
        installed.Plugin.GetService("test.add/1");

        PluginDeadlineException refusal = installed.RefuseReload<PluginDeadlineException>(2, "GET_SERVICE_HANGS");

        Assert.Contains("get_service of the plugin", refusal.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_service_hangs_for_the_state()
    {
        using var installed = new Installed(configure: options => options.LifecycleDeadline = TimeSpan.FromSeconds(1));

        installed.RefuseReload<PluginDeadlineException>(2, "GET_SERVICE_HANGS");
    }

    [Fact]
    public async Task Get_service_hangs_for_a_service_that_the_application_has_asked_for_while_calls_ended()
    {
        using var installed = new Installed("HAS_STATE=0", options =>
        {
            options.LifecycleDeadline = TimeSpan.FromSeconds(1);
            options.Reload!.CallPatience = TimeSpan.Zero;
        });
        using var isInside = new ManualResetEventSlim();
        using var isClosed = new ManualResetEventSlim();
        var asking = new CallbackStream(() =>
        {
            isInside.Set();
            isClosed.Wait();
            installed.Plugin.GetService("test.add/1");
        });
        var caller = new Thread(() => installed.Plugin.RunCommand([], asking, asking));
        caller.Start();
        isInside.Wait();
        installed.Install(2, "GET_SERVICE_HANGS");
        Task<PluginReload> reload = installed.Plugin.ReloadAsync();
        SpinWait.SpinUntil(() => Record.Exception(installed.Run) is PluginReloadingException);

        isClosed.Set();

        await Assert.ThrowsAsync<PluginDeadlineException>(() => reload);
        caller.Join();
        Assert.StartsWith("generation 1, ", installed.Run(), StringComparison.Ordinal);
    }

    [Fact]
    public void Save_fails()
    {
        using var installed = new Installed("SAVE_FAILS");

        PluginStateTransferException refusal = installed.RefuseReload<PluginStateTransferException>(2);

        Assert.Equal("the state is out of reach", refusal.Remote!.Message);
    }

    [Fact]
    public void Save_hangs()
    {
        using var installed = new Installed("SAVE_HANGS", options => options.LifecycleDeadline = TimeSpan.FromSeconds(1));

        installed.RefuseReload<PluginDeadlineException>(2);

        installed.Plugin.Dispose();
        Assert.Equal(PluginState.Quarantined, installed.Plugin.State);
    }

    [Fact]
    public void Load_refuses()
    {
        using var installed = new Installed();

        PluginStateTransferException refusal = installed.RefuseReload<PluginStateTransferException>(2, "LOAD_REFUSES");

        Assert.Equal("this state is too old", refusal.Remote!.Message);
    }

    [Fact]
    public void State_of_a_newer_version()
    {
        using var installed = new Installed("STATE_VERSION=2");

        installed.RefuseReload<PluginStateTransferException>(2, "STATE_VERSION=1");
    }

    [Fact]
    public void State_without_a_place_to_go()
    {
        using var installed = new Installed();

        installed.RefuseReload<PluginStateTransferException>(2, "HAS_STATE=0");
    }

    [Fact]
    public void State_beyond_the_limit()
    {
        using var installed = new Installed("STATE_PADDING=65536", options => options.Reload!.MaxStateSize = 65536);

        installed.RefuseReload<PluginStateTransferException>(2);
    }
}
