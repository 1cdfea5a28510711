using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.TestContracts;

/// <summary>The archive in C#.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The shelf tells whether somebody disposes of it.")]
public class Archive : Pipes, IArchive
{
    private readonly Lock _lock = new();
    private readonly List<Session> _sessions = [];
    private readonly List<IOutlet> _outlets = [];
    private readonly Shelf _shelf = new();
    private int _open;
    private int _flushed;

    /// <inheritdoc/>
    public ISession Open(string name)
    {
        var session = new Session(this, name);
        lock (_lock)
        {
            _sessions.Add(session);
            _open++;
        }

        return session;
    }

    /// <inheritdoc/>
    public ISession? TryOpen(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == 0 ? null : Open(name);
    }

    /// <inheritdoc/>
    public async ValueTask<ISession> OpenLater(string name)
    {
        await Task.Yield();
        return Open(name);
    }

    /// <inheritdoc/>
    public ValueTask<ISession?> TryOpenLater(string name) => new(TryOpen(name));

    /// <inheritdoc/>
    public ISession? Last()
    {
        lock (_lock)
        {
            return _sessions.LastOrDefault();
        }
    }

    /// <inheritdoc/>
    public IShelf GetShelf() => _shelf;

    /// <inheritdoc/>
    public int CountOpen() => Volatile.Read(ref _open);

    /// <inheritdoc/>
    public IFlushed OpenFlushed() => new Flushed(this);

    /// <inheritdoc/>
    public int SumFlushed() => Volatile.Read(ref _flushed);

    /// <inheritdoc/>
    public void Keep(IOutlet outlet, bool fails)
    {
        if (fails)
        {
            // Who takes something and then fails has not taken it: not even if he has disposed of it.
            outlet?.Dispose();
            throw new InvalidOperationException("refused");
        }

        lock (_lock)
        {
            _outlets.Add(outlet);
        }
    }

    /// <inheritdoc/>
    public async ValueTask KeepLater(IOutlet? outlet)
    {
        await Task.Yield();
        if (outlet is not null)
        {
            Keep(outlet, false);
        }
    }

    /// <inheritdoc/>
    public int WriteAll(string text)
    {
        IOutlet[] outlets;
        lock (_lock)
        {
            outlets = [.. _outlets];
        }

        foreach (IOutlet outlet in outlets)
        {
            outlet.Write(text);
            using IOutlet inner = outlet.Open("inner");
            inner.Write(text);
        }

        return outlets.Length;
    }

    /// <inheritdoc/>
    public void DropAll()
    {
        lock (_lock)
        {
            _outlets.ForEach(outlet => outlet.Dispose());
            _outlets.Clear();
        }
    }

    /// <inheritdoc/>
    public IOutlet? GiveBack()
    {
        lock (_lock)
        {
            return _outlets.FirstOrDefault();
        }
    }

    private sealed class Shelf : IShelf, IDisposable
    {
        private int _asked;

        public int Ask() => _asked < 0 ? throw new ObjectDisposedException(nameof(Shelf)) : Interlocked.Increment(ref _asked);

        public void Dispose() => _asked = int.MinValue;
    }

    private sealed class Session(Archive archive, string name) : ISession
    {
        private readonly TaskCompletionSource<string> _later = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string GetName() => name;

        public ICursor Query(int count)
        {
            Interlocked.Increment(ref archive._open);
            return new Cursor(archive, this, count);
        }

        public int Count(int steps, IProgressSink progress)
        {
            for (int i = 0; i < steps; i++)
            {
                progress.Report(i, name);
            }

            return steps;
        }

        public async ValueTask<string> GetNameLater() => await _later.Task.ConfigureAwait(false);

        public void Complete() => _later.TrySetResult(name);

        public void Dispose()
        {
            lock (archive._lock)
            {
                archive._sessions.Remove(this);
            }

            Interlocked.Decrement(ref archive._open);
            if (name == "bad")
            {
                throw new InvalidOperationException("a bad end");
            }
        }
    }

    private sealed class Cursor(Archive archive, Session session, int count) : ICursor
    {
        private int _next;

        public bool TryRead(out int value)
        {
            value = _next;
            return _next++ < count;
        }

        public ISession GetSession() => session;

        public void Dispose() => Interlocked.Decrement(ref archive._open);
    }

    private sealed class Flushed(Archive archive) : IFlushed
    {
        private int _sum;

        public void Add(int value) => _sum += value;

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            if (_sum < 0)
            {
                throw new NotSupportedException("cannot flush");
            }

            Interlocked.Add(ref archive._flushed, _sum);
        }
    }
}
