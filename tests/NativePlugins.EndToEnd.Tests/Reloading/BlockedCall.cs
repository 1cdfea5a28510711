using System.Text;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>A run of a plugin's command that is inside the plugin, from the constructor until it is released.</summary>
internal sealed class BlockedCall : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _entered = new();
    private readonly ManualResetEventSlim _release = new();
    private readonly CallbackStream _output;
    private readonly Thread _thread;

    public BlockedCall(Plugin plugin)
    {
        _output = new CallbackStream(() =>
        {
            _entered.Set();
            _release.Wait();
        });
        _thread = new Thread(() => plugin.RunCommand([], _output, _output));
        _thread.Start();
        Assert.True(_entered.Wait(s_limit));
    }

    /// <summary>What it printed, once it is released.</summary>
    public string Output => _output.Text;

    public void Release()
    {
        _release.Set();
        Assert.True(_thread.Join(s_limit));
    }

    public void Dispose()
    {
        Release();
        _entered.Dispose();
        _release.Dispose();
    }
}

/// <summary>Collects text, and calls back whenever some is written: on the thread of the call, inside the plugin.</summary>
internal sealed class CallbackStream(Action onWrite) : MemoryStream
{
    public string Text => Encoding.UTF8.GetString(ToArray());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        onWrite();
        base.Write(buffer);
    }
}
