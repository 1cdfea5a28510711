namespace NativePlugins.Binary;

/// <summary>Whether a file may be handed to the system's loader, and every reason against it.</summary>
/// <param name="IsLoadable">True if there is no reason against it.</param>
/// <param name="Reasons">In the order in which loading would find them: loading would report the first.</param>
public sealed record BinaryVerdict(bool IsLoadable, IReadOnlyList<BinaryReason> Reasons);
