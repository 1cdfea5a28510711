namespace NativePlugins.TestContracts;

/// <summary>The same as <see cref="Work"/>, with tasks.</summary>
public class Tasks : Settings, ITasks
{
    /// <inheritdoc/>
    Task<int> ITasks.AddLater(int a, int b, bool isLater) => AddLater(a, b, isLater).AsTask();

    /// <inheritdoc/>
    Task ITasks.Reverse(Memory<byte> bytes, ReadOnlyMemory<byte> added, CancellationToken cancellationToken) =>
        Reverse(bytes, added, cancellationToken).AsTask();

    /// <inheritdoc/>
    Task<string> ITasks.EchoText(string value, CancellationToken cancellationToken) => EchoText(value, cancellationToken).AsTask();

    /// <inheritdoc/>
    Task<Box[]> ITasks.EchoBoxes(ReadOnlyMemory<Box> values) => EchoBoxes(values).AsTask();

    /// <inheritdoc/>
    Task<bool> ITasks.Negate(bool value) => Negate(value).AsTask();

    /// <inheritdoc/>
    Task ITasks.WaitLater(CancellationToken cancellationToken) => WaitLater(cancellationToken).AsTask();

    /// <inheritdoc/>
    Task ITasks.FailLater(string how) => FailLater(how).AsTask();
}
