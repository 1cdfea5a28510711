namespace NativePlugins.Host;

/// <summary>The exported names by which a plugin, and a NativeAOT runtime, are recognised.</summary>
internal static class PluginEntryPoint
{
    /// <summary>The ABI's major version that this host speaks.</summary>
    public const uint MajorVersion = 1;

    public static ReadOnlySpan<byte> Name => "np_plugin_entry_v1"u8;

    public static ReadOnlySpan<byte> NamePrefix => "np_plugin_entry_v"u8;

    public static ReadOnlySpan<byte> NativeAotMarker => "DotNetRuntimeDebugHeader"u8;

    /// <summary>The N of <c>np_plugin_entry_vN</c>, or null for every other name.</summary>
    public static uint? VersionOf(ReadOnlySpan<byte> name)
    {
        if (!name.StartsWith(NamePrefix))
        {
            return null;
        }

        ReadOnlySpan<byte> digits = name[NamePrefix.Length..];
        return digits.Length is > 0 and <= 9 && digits[0] != (byte)'0' && uint.TryParse(digits, out uint version)
            ? version
            : null;
    }
}
