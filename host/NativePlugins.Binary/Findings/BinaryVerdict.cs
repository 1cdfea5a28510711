namespace NativePlugins.Binary;

/// <summary>Whether a file may be handed to the system's loader, and all that speaks against it.</summary>
/// <param name="IsLoadable">True if there is no reason against it.</param>
/// <param name="Reasons">In the order in which loading would refuse it: the first is what it would say.</param>
public sealed record BinaryVerdict(bool IsLoadable, IReadOnlyList<BinaryReason> Reasons);
