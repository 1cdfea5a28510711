using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>An object of the application's: remembers what was written, and how often it was disposed of.</summary>
public sealed class Outlet : IOutlet
{
    private readonly List<string> _texts = [];
    private int _disposed;

    public Outlet? Inner { get; private set; }

    public int Disposed => Volatile.Read(ref _disposed);

    public IReadOnlyList<string> Texts
    {
        get
        {
            lock (_texts)
            {
                return [.. _texts];
            }
        }
    }

    public void Write(string text)
    {
        lock (_texts)
        {
            _texts.Add(text);
        }
    }

    public IOutlet Open(string name) => Inner = new Outlet();

    public void Dispose() => Interlocked.Increment(ref _disposed);
}
