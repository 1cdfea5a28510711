namespace NativePlugins.Binary.Model;

/// <summary>The exported name by which a library with a NativeAOT runtime is recognised.</summary>
internal static class NativeAotMarker
{
    public static ReadOnlySpan<byte> Name => "DotNetRuntimeDebugHeader"u8;
}
