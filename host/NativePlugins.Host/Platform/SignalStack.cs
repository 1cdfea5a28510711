namespace NativePlugins.Host.Platform;

/// <summary>The alternate stack of a thread, on which a signal is handled.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="FrameSize">Bytes of it that the kernel takes for what it saves, which depends on the processor.</param>
internal readonly record struct SignalStack(int Size, int FrameSize);
