namespace NativePlugins.Contracts.Interop;

/// <summary>
/// Objects whose native memory the other side knows. They are used again and never freed: an address that the other side has kept
/// for too long leads to an object that refuses the call, or much later to that of another call, but never to freed memory. So that
/// it is much later, what is returned rests, and what has rested longest is used first.
/// </summary>
/// <param name="create">Makes another one.</param>
/// <param name="resting">How many must have been returned later than the one that is used again.</param>
internal sealed class NativePool<T>(Func<T> create, int resting = NativePool<T>.Resting)
    where T : class
{
    /// <summary>How many rest where nothing else is said, and on a <see cref="NativeShelf{T}"/>.</summary>
    public const int Resting = 8;

    private const int StripeCount = 8;

    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe())];

    public T Rent()
    {
        // What another thread has returned is in another stripe: asynchronous calls end elsewhere than they begin.
        int first = Environment.CurrentManagedThreadId;
        for (int i = 0; i < StripeCount; i++)
        {
            Stripe stripe = _stripes[(first + i) & (StripeCount - 1)];
            lock (stripe)
            {
                if (stripe.Free.Count > resting)
                {
                    return stripe.Free.Dequeue();
                }
            }
        }

        return create();
    }

    public void Return(T item)
    {
        Stripe stripe = _stripes[Environment.CurrentManagedThreadId & (StripeCount - 1)];
        lock (stripe)
        {
            stripe.Free.Enqueue(item);
        }
    }

    private sealed class Stripe
    {
        public Queue<T> Free { get; } = new();
    }
}
