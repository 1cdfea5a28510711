using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Calls that call back, fail, wait and complete later.</summary>
[PluginContract("test.work", Major = 2)]
public partial interface IWork
{
    /// <summary>Adds.</summary>
    int Add(int a, int b);

    /// <summary>Adds, called without telling the garbage collector.</summary>
    [FastCall]
    int AddFast(int a, int b);

    /// <summary>Reports <paramref name="steps"/> times, until it is told to stop.</summary>
    /// <returns>How often it has reported.</returns>
    int Count(int steps, IProgressSink progress);

    /// <summary>The same, and without a sink it only counts.</summary>
    int CountOptional(int steps, IProgressSink? progress);

    /// <summary>Fails in the way that is named.</summary>
    /// <param name="how">argument, operation, supported, cancelled, memory, other, or anything else to succeed.</param>
    void Fail(string how);

    /// <summary>Reports once, and waits until it is cancelled; true. Without a token that can be, false at once.</summary>
    bool WaitForCancellation(IProgressSink? progress, CancellationToken cancellationToken);

    /// <summary>Completes with the sum: at once, or when <see cref="Complete"/> is called.</summary>
    ValueTask<int> AddLater(int a, int b, bool isLater);

    /// <summary>Lets each call that waits complete.</summary>
    void Complete();

    /// <summary>Turns the bytes around, in place.</summary>
    ValueTask Reverse(Memory<byte> bytes, ReadOnlyMemory<byte> added, CancellationToken cancellationToken);

    /// <summary>The same text, later.</summary>
    ValueTask<string> EchoText(string value, CancellationToken cancellationToken);

    /// <summary>The same structs, later.</summary>
    ValueTask<Box[]> EchoBoxes(ReadOnlyMemory<Box> values);

    /// <summary>The opposite, later.</summary>
    ValueTask<bool> Negate(bool value);

    /// <summary>Completes when it is cancelled, as cancelled; and never without that.</summary>
    ValueTask WaitLater(CancellationToken cancellationToken);

    /// <summary>Fails later, in the way that is named.</summary>
    ValueTask FailLater(string how);

    /// <summary>Reports from its own thread, and completes with how often it has reported.</summary>
    ValueTask<int> CountLater(int steps, IProgressSink progress, CancellationToken cancellationToken);
}
