namespace NativePlugins.Host.Platform;

/// <summary>How much a worker may use; null for what it may without.</summary>
/// <param name="Memory">Private memory that can be written, in bytes.</param>
/// <param name="ProcessorSeconds">Of all its threads together.</param>
/// <param name="OpenFiles">Descriptors.</param>
/// <param name="FileSize">Of each file that it writes, in bytes.</param>
/// <param name="UserProcesses">Processes and threads of its user, in all.</param>
internal sealed record WorkerLimits(long? Memory, long? ProcessorSeconds, int? OpenFiles, long? FileSize, int? UserProcesses);
