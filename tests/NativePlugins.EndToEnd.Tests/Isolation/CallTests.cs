using System.Text;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>What goes between the application and an isolated plugin besides a command's text.</summary>
public class CallTests
{
    [Fact]
    public void What_the_plugin_writes_reaches_the_writer_on_the_callers_own_thread()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin plugin = host.Load(scratch.Fixture("echo"));
        var writer = new CallbackWriter();

        plugin.RunCommand(["a"], writer, TextWriter.Null);

        Assert.Equal([Environment.CurrentManagedThreadId], writer.Threads.Distinct());
    }

    [Fact]
    public void A_call_from_within_the_output_of_another_reaches_the_same_plugin()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin plugin = host.Load(scratch.Fixture("echo"));
        var inner = new StringWriter();
        var writer = new CallbackWriter();
        writer.OnWrite = () =>
        {
            writer.OnWrite = null;
            plugin.RunCommand(["inner"], inner, TextWriter.Null);
        };

        plugin.RunCommand(["outer"], writer, TextWriter.Null);

        Assert.Equal(("5 outer\n", "5 inner\n"), (writer.Text, inner.ToString()));
    }

    [Fact]
    public void What_the_applications_writer_throws_reaches_the_caller()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin plugin = host.Load(scratch.Fixture("big_output"));
        var writer = new CallbackWriter { OnWrite = () => throw new InvalidDataException("enough") };

        Assert.Equal("enough", Assert.Throws<InvalidDataException>(() => plugin.RunCommand([], writer, TextWriter.Null)).Message);
    }

    [Fact]
    public void Thirty_two_threads_call_at_once()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin plugin = host.Load(scratch.Fixture("echo"));
        Thread[] threads = [.. Enumerable.Range(0, 32).Select(thread => new Thread(() =>
        {
            for (int call = 0; call < 20; call++)
            {
                var output = new StringWriter();
                plugin.RunCommand([$"{thread}.{call}"], output, TextWriter.Null);
                Assert.Equal($"{thread}.{call}", output.ToString().Split(' ')[1].TrimEnd());
            }
        }))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(PluginState.Started, plugin.State);
    }

    [Fact]
    public void Arguments_that_no_frame_holds_are_refused_and_the_plugin_goes_on()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin plugin = host.Load(scratch.Fixture("echo"));

        var refusal = Assert.Throws<PluginFaultException>(() => plugin.RunCommand([new string('a', 9 << 20)], TextWriter.Null, TextWriter.Null));

        Assert.Contains("8388608 are the most", refusal.Found, StringComparison.Ordinal);
        Assert.Equal("1 b\n", Echo(plugin, "b"));
    }

    [Fact]
    public void A_raw_table_is_refused()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin plugin = host.Load(scratch.Fixture("echo"));

        Assert.Throws<PluginInProcessOnlyException>(() => plugin.GetService("np.command/1"));
        Assert.False(plugin.TryGetService("there.is.none/1", out _));
    }

    [Fact]
    public void A_plugin_in_CSharp_is_unloaded_with_its_process()
    {
        using PluginHost host = Isolated.Host();
        int before = PluginHost.ResidentImageCount;

        for (int round = 0; round < 3; round++)
        {
            using Plugin plugin = host.Load(Repository.Probe);
            Assert.Equal("probe ran\n", Installed.Run(plugin));
        }

        Assert.Equal(before, PluginHost.ResidentImageCount);
    }

    private static string Echo(Plugin plugin, string argument)
    {
        var output = new StringWriter();
        plugin.RunCommand([argument], output, TextWriter.Null);
        return output.ToString();
    }

    private sealed class CallbackWriter : TextWriter
    {
        private readonly StringBuilder _text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public List<int> Threads { get; } = [];

        public Action? OnWrite { get; set; }

        public string Text => _text.ToString();

        public override void Write(char value)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            _text.Append(value);
            OnWrite?.Invoke();
        }

        public override void Write(ReadOnlySpan<char> buffer)
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            _text.Append(buffer);
            OnWrite?.Invoke();
        }
    }
}
