using System.Collections.Concurrent;
using System.Text;

namespace NativePlugins.TestContracts;

/// <summary>Counts how many calls are inside at once.</summary>
public class Serial : ISerial
{
    private readonly Lock _lock = new();
    private int _inside;
    private int _most;

    /// <inheritdoc/>
    public int Most(IProgressSink? progress)
    {
        Enter();
        try
        {
            progress?.Report(0, "inside");
            Thread.Yield();
        }
        finally
        {
            Leave();
        }

        return _most;
    }

    /// <inheritdoc/>
    public async ValueTask<int> MostLater(CancellationToken cancellationToken)
    {
        Enter();
        await Task.Yield();
        Leave();
        return _most;
    }

    private void Enter()
    {
        lock (_lock)
        {
            _inside++;
            _most = Math.Max(_most, _inside);
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inside--;
        }
    }
}

/// <summary>A store in memory.</summary>
public sealed class Store : IStore
{
    private readonly ConcurrentDictionary<string, string> _values = new();

    /// <inheritdoc/>
    public string Read(string key) =>
        key == "broken" ? throw new IOException("the disk is gone") : _values.GetValueOrDefault(key, "");

    /// <inheritdoc/>
    public void Write(string key, ReadOnlySpan<byte> value) => _values[key] = Encoding.UTF8.GetString(value);
}

/// <summary>The latest version.</summary>
public class Evolving : IEvolving
{
    /// <inheritdoc/>
    public int Add(int a, int b) => a + b;

    /// <inheritdoc/>
    public string GetName() => "new";

    /// <inheritdoc/>
    public int Multiply(int a, int b) => 1000 + (a * b);

    /// <inheritdoc/>
    public string GetOrigin() => "made in C#";
}
