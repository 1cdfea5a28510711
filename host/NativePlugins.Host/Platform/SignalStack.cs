namespace NativePlugins.Host.Platform;

/// <summary>The alternate stack of a thread, on which signals are handled.</summary>
/// <param name="Size">Its size in bytes.</param>
/// <param name="FrameSize">How many bytes of it the kernel takes to save its state, which depends on the processor.</param>
internal readonly record struct SignalStack(int Size, int FrameSize);
