using System.Collections.Concurrent;

namespace NativePlugins.Host.Forwarding;

/// <summary>
/// Objects with native memory, which are used again and never freed. Where the other side knows their addresses, what is returned rests until
/// others have been returned after it: who uses one for too long reaches an object that refuses, and not the call of another.
/// </summary>
/// <param name="create">Makes one.</param>
/// <param name="resting">How many must have been returned later than the one that is used again.</param>
internal sealed class NativePoolOf<T>(Func<T> create, int resting)
    where T : class
{
    private readonly ConcurrentQueue<T> _free = new();

    public T Rent() => _free.Count > resting && _free.TryDequeue(out T? item) ? item : create();

    public void Return(T item) => _free.Enqueue(item);
}
