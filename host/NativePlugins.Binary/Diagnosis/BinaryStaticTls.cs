namespace NativePlugins.Binary;

/// <summary>
/// Thread-local data that must lie in the block which every thread gets when it starts. The system's loader keeps only a little of that
/// block free for libraries that are opened later, and the whole process shares it.
/// </summary>
/// <param name="Needed">In bytes, for the library and what would be loaded with it.</param>
/// <param name="Left">What is left in this process, in bytes; null where that cannot be known. Another process may have more or less.</param>
/// <param name="Fits">Whether it fits into this process, with its alignment; null where that cannot be known.</param>
public sealed record BinaryStaticTls(long Needed, long? Left, bool? Fits);
