namespace NativePlugins.EndToEnd.Tests;

public class RefusalByLibraryTests
{
    public static TheoryData<string> Names { get; } = [.. Misbehaviours.All.Select(misbehaviour => misbehaviour.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_library_refuses(string name)
    {
        Misbehaviour misbehaviour = Misbehaviours.Named(name);
        using var scratch = new Scratch();
        string plugin = misbehaviour.Make(scratch);

        var refusal = Assert.IsAssignableFrom<PluginException>(Record.Exception(() => Run(misbehaviour, scratch, plugin)));

        Assert.IsType(misbehaviour.Exception, refusal);
        Assert.Equal(misbehaviour.Code, refusal.Code);
        Assert.Equal(misbehaviour.ExitCode, refusal.Error.ExitCode);
        Assert.Contains(misbehaviour.Expected, refusal.Expected ?? "", StringComparison.Ordinal);
        Assert.Contains(misbehaviour.Found, refusal.Found ?? "", StringComparison.Ordinal);
        Assert.Contains(misbehaviour.Advice, refusal.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_a_plugin_is_never_mapped()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        string library = scratch.Fixture("constructor_marker");

        Assert.Throws<PluginEntryMissingException>(() => host.Load(library));

        Assert.DoesNotContain(library, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_was_replaced_while_it_is_loaded_is_refused()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        string library = scratch.Fixture("thread_outlives_stop");
        host.Load(library).Dispose();
        string newer = scratch.Fixture("echo", "newer");
        File.Move(newer, library, overwrite: true);

        var refusal = Assert.Throws<PluginImageReplacedException>(() => host.Load(library));

        Assert.Equal("NP3006", refusal.Code);
        Assert.Equal(75, refusal.Error.ExitCode);
    }

    private static void Run(Misbehaviour misbehaviour, Scratch scratch, string plugin)
    {
        var options = new PluginHostOptions();
        if (misbehaviour.Deadline is int deadline)
        {
            options.LifecycleDeadline = TimeSpan.FromMilliseconds(deadline);
        }

        if (misbehaviour.PluginDirectory is string directory)
        {
            options.Directories.Add(scratch.PathOf(directory));
        }

        using var host = new PluginHost(options);
        Plugin loaded = host.Load(plugin);
        loaded.RunCommand([], TextWriter.Null, TextWriter.Null);
        loaded.Stop();
    }
}
