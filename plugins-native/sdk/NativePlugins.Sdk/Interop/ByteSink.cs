using NativePlugins.Abi;

namespace NativePlugins.Sdk.Interop;

/// <summary>An np_sink of the caller's. Usable only until the call that brought it returns.</summary>
internal sealed unsafe class ByteSink(np_sink* sink) : IByteSink
{
    /// <summary>Hands bytes over and returns the caller's status.</summary>
    public int Write(ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data)
        {
            return sink->write(sink->context, start, (nuint)data.Length);
        }
    }
}
