using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.TestContracts;

/// <summary>Raises events, in C#.</summary>
public class Signals : Callbacks, ISignals
{
    private readonly List<IFeed> _feeds = [];
    private string _heard = "";

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1003", Justification = "What crosses.")]
    public event Action<int>? Changed;

    /// <inheritdoc/>
    public event EventHandler? Closed;

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1003", Justification = "What crosses.")]
    public event EventHandler<Person>? Moved;

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1030", Justification = "For tests.")]
    public void Raise(int value) => Changed?.Invoke(value);

    /// <inheritdoc/>
    public void RaiseOthers(Person person)
    {
        Closed?.Invoke(this, EventArgs.Empty);
        Moved?.Invoke(this, person);
    }

    /// <inheritdoc/>
    public int CountHandlers() => Changed?.GetInvocationList().Length ?? 0;

    /// <inheritdoc/>
    public void Follow(IFeed feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        feed.Said += Hear;
        _feeds.Add(feed);
    }

    /// <inheritdoc/>
    public string Heard() => _heard;

    /// <inheritdoc/>
    public void StopListening() => _feeds.ForEach(feed => feed.Said -= Hear);

    /// <inheritdoc/>
    public void DropFeeds()
    {
        _feeds.ForEach(feed => feed.Dispose());
        _feeds.Clear();
    }

    /// <inheritdoc/>
    public string Open(Func<string, ISession?> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        using ISession? session = open("asked for");
        return session?.GetName() ?? "none";
    }
    private void Hear(string said) => _heard += said;
}

/// <summary>What the application says.</summary>
[SuppressMessage("Design", "CA1063", Justification = "For tests.")]
public sealed class Feed : IFeed
{
    private int _disposed;

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1003", Justification = "What crosses.")]
    public event Action<string>? Said;

    /// <summary>How often it was disposed of.</summary>
    public int Disposed => Volatile.Read(ref _disposed);

    /// <summary>How many handlers there are.</summary>
    public int Handlers => Said?.GetInvocationList().Length ?? 0;

    /// <summary>Says something.</summary>
    public void Say(string text) => Said?.Invoke(text);

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Increment(ref _disposed);
}
