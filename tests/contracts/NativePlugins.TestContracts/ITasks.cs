using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Asynchronous members as Task, which many a developer writes. In C they are those of test.work/2.</summary>
[PluginContract("test.tasks")]
public partial interface ITasks
{
    /// <summary>Completes with the sum: at once, or when <see cref="Complete"/> is called.</summary>
    Task<int> AddLater(int a, int b, bool isLater);

    /// <summary>Lets each call that waits complete.</summary>
    void Complete();

    /// <summary>Turns the bytes around, in place.</summary>
    Task Reverse(Memory<byte> bytes, ReadOnlyMemory<byte> added, CancellationToken cancellationToken);

    /// <summary>The same text, later.</summary>
    Task<string> EchoText(string value, CancellationToken cancellationToken);

    /// <summary>The same structs, later.</summary>
    Task<Box[]> EchoBoxes(ReadOnlyMemory<Box> values);

    /// <summary>The opposite, later.</summary>
    Task<bool> Negate(bool value);

    /// <summary>Completes when it is cancelled, as cancelled; and never without that.</summary>
    Task WaitLater(CancellationToken cancellationToken);

    /// <summary>Fails later, in the way that is named.</summary>
    Task FailLater(string how);
}
