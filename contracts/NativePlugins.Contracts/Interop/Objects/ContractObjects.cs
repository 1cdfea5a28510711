using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>
/// The objects that one instance of a plugin and its application have given each other to keep. Each side has one of these for each
/// instance. For the host's library and the SDK to derive from. Thread-safe.
/// </summary>
/// <remarks>
/// Two lists: what was received of the other side, which this side gives back by a release, and what this side has given away, until the
/// other one releases it. Both end with the instance.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ContractObjects
{
    /// <summary>Begins with no objects.</summary>
    protected ContractObjects()
    {
        Received = new ReceivedObjects(this);
        Given = new GivenObjects(this);
    }

    /// <summary>Who is on this side of the calls.</summary>
    public abstract ContractSide Side { get; }

    /// <summary>How many objects of the other side's this side has not disposed of yet.</summary>
    public int LiveCount => Received.LiveCount;

    /// <summary>How many objects of this side's the other one has not released yet.</summary>
    public int GivenCount => Given.Count;

    internal ReceivedObjects Received { get; }

    internal GivenObjects Given { get; }

    /// <summary>Lets objects be received, as it is at first.</summary>
    public void Open() => Received.Open();

    /// <summary>
    /// Ends what was received, and lets nothing more be received: from now on calls throw what <see cref="ToEnded"/> makes. Nothing is released
    /// yet. Does not block.
    /// </summary>
    public void Invalidate() => Received.Invalidate();

    /// <summary>
    /// Releases what was received and <see cref="Invalidate"/> has ended, on this thread; where a call is still in flight, its thread does that at
    /// its end. Only while the other side may be called.
    /// </summary>
    /// <param name="waitsForCalls">Whether this waits for such calls, until <see cref="Abandon"/>.</param>
    /// <returns>How many objects that were.</returns>
    public int ReleaseAll(bool waitsForCalls) => Received.ReleaseAll(waitsForCalls);

    /// <summary>Releases what was disposed of while the other side could not be called. Only once it may be again.</summary>
    public void ReleasePending() => Received.ReleasePending();

    /// <summary>Waits until no object of the other side's is in use; false if it does not come to that in time.</summary>
    /// <param name="patience">How long.</param>
    public bool WaitUntilUnused(TimeSpan patience) => Received.WaitUntilUnused(patience);

    /// <summary>Ends what was received without a call: the other side must not be called any more.</summary>
    public void Abandon() => Received.Abandon();

    /// <summary>
    /// Ends what was given and not released, and disposes of it: the instance of the other side is gone. From now on nothing can be given.
    /// </summary>
    /// <returns>How many objects that were.</returns>
    public int Reclaim() => Given.Reclaim();

    /// <summary>Begins a call into the other side on the current thread. It may wait.</summary>
    /// <returns>What <see cref="Leave"/> gets back at the end of the call.</returns>
    /// <exception cref="InvalidOperationException">The other side cannot be called. Derived classes throw their own.</exception>
    protected internal abstract ref int Enter();

    /// <summary>The same without waiting, and without throwing.</summary>
    /// <param name="isEntered">Whether the call has begun.</param>
    protected internal abstract ref int TryEnter(out bool isEntered);

    /// <summary>Ends a call, on the thread that began it.</summary>
    protected internal abstract void Leave(ref int entered);

    /// <summary>Keeps the other side for a call that may end on any thread, until it is disposed of. Only within a call.</summary>
    protected internal abstract IDisposable? Hold();

    /// <summary>The exception for a call into an object whose instance has ended.</summary>
    /// <param name="contract">The id of the object's contract.</param>
    protected internal abstract Exception ToEnded(string contract);

    /// <summary>An object of the other side's was collected without having been disposed of. It is released now.</summary>
    /// <param name="contract">The id of its contract.</param>
    protected internal abstract void OnLeaked(string contract);

    /// <summary>An object has thrown at its end, where nobody waits for that.</summary>
    /// <param name="contract">The id of its contract.</param>
    /// <param name="exception">What it threw.</param>
    [SuppressMessage("Naming", "CA1716", Justification = "No member of another language.")]
    protected internal abstract void OnReleaseFailed(string contract, Exception exception);
}
