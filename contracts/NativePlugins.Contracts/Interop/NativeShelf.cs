namespace NativePlugins.Contracts.Interop;

/// <summary>
/// What one thread has returned of a <see cref="NativePool{T}"/>, for calls that end on the thread on which they began: it needs no lock.
/// The rule is the pool's, that what was returned rests. When the thread is gone, the pool gets back what is left.
/// </summary>
internal sealed class NativeShelf<T>(NativePool<T> pool)
    where T : class
{
    private const int Capacity = 16; // a power of two

    private readonly T?[] _items = new T?[Capacity];
    private int _first;
    private int _count;

    ~NativeShelf()
    {
        while (_count > 0)
        {
            pool.Return(Take());
        }
    }

    public T Rent() => _count > NativePool<T>.Resting ? Take() : pool.Rent();

    public void Return(T item)
    {
        if (_count == Capacity)
        {
            pool.Return(item);
            return;
        }

        _items[(_first + _count) & (Capacity - 1)] = item;
        _count++;
    }

    private T Take()
    {
        T item = _items[_first]!;
        _first = (_first + 1) & (Capacity - 1);
        _count--;
        return item;
    }
}
