namespace NativePlugins.Sdk.Interop;

/// <summary>Where a text writer's bytes go.</summary>
internal interface IByteSink
{
    /// <summary>Takes all the bytes, or returns a status other than NP_OK.</summary>
    int Write(ReadOnlySpan<byte> data);
}
