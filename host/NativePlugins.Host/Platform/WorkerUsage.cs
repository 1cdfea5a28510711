namespace NativePlugins.Host.Platform;

/// <summary>What a process uses.</summary>
/// <param name="PrivateMemory">The memory that it shares with no other process, in bytes; null if this process may not know.</param>
/// <param name="ProcessorTime">The time that it has spent on processors.</param>
internal readonly record struct WorkerUsage(long? PrivateMemory, TimeSpan ProcessorTime);
