namespace NativePlugins.Host.Forwarding;

/// <summary>The way to the other process, for calls of contracts. Thread-safe.</summary>
internal interface IRemoteCalls
{
    /// <summary>Calls a function of the other side, and waits for its answer. What the other side calls meanwhile may run on the same thread.</summary>
    /// <param name="table">The number of the table there.</param>
    /// <param name="slot">The number of the function in the table.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="status">What the function has returned.</param>
    /// <param name="answer">What it has given. Nothing of it has been checked.</param>
    /// <returns>False if there is no answer, and never will be.</returns>
    bool TryCall(uint table, int slot, MessageWriter arguments, out int status, out ReadOnlyMemory<byte> answer);

    /// <summary>Completes an asynchronous call of the other side's.</summary>
    /// <returns>What the other side says to it; an error if it is gone.</returns>
    int Complete(uint number, MessageWriter outcome);

    /// <summary>Asks the other side to end a call early. Returns at once.</summary>
    /// <param name="number">The number of the call's cancellation.</param>
    /// <param name="isWanted">Whether the call still goes on.</param>
    void Cancel(uint number, Func<bool> isWanted);

    /// <summary>Notes for the current thread why a call has no answer, and returns the status that such a call has.</summary>
    /// <param name="call">The contract and the member.</param>
    int NoteLost(string call);

    /// <summary>The other side has broken the rules.</summary>
    void Break(MessageException violation);
}
