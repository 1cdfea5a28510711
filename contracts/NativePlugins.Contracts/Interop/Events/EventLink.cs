using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>The way to a handler of the other side's. Who raises an event does not learn that one of the handlers is not there any more.</summary>
internal readonly struct EventLink(ObjectReference reference) : IContractLink<ObjectLease>
{
    public nint ErrorSink { get; } = ContractErrors.SinkFor(reference);

    public ContractSide Side => reference.Owner.Side;

    public ObjectLease Enter()
    {
        try
        {
            return reference.Enter();
        }
        catch (Exception e)
        {
            // It was removed, or its instance has ended, or is being replaced for longer than calls wait.
            throw new EventEndedException(e);
        }
    }

    public IContractHold Hold() => throw new NotSupportedException("A handler of an event is not asynchronous.");
}

/// <summary>A handler of an event is not there any more. For generated code, which lets nobody see it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1032", Justification = "Thrown in one place.")]
public sealed class EventEndedException : Exception
{
    internal EventEndedException(Exception reason)
        : base("The handler of the event is not there any more.", reason)
    {
    }
}
