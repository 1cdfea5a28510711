namespace NativePlugins.Host.Heap;

/// <summary>Told an event of a trace.</summary>
/// <param name="id">Its number at its provider.</param>
/// <param name="payload">What it says.</param>
internal delegate void TracedEvent(int id, ReadOnlySpan<byte> payload);
