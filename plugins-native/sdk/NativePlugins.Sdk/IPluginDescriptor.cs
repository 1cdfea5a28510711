using System.ComponentModel;

namespace NativePlugins.Sdk;

/// <summary>What the generator knows of a plugin. For generated code only.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPluginDescriptor
{
    /// <summary>The id: UTF-8 in static data.</summary>
    static abstract ReadOnlySpan<byte> Id { get; }

    /// <summary>The name: UTF-8 in static data.</summary>
    static abstract ReadOnlySpan<byte> Name { get; }

    /// <summary>The version: UTF-8 in static data.</summary>
    static abstract ReadOnlySpan<byte> Version { get; }

    /// <summary>The version of the NativeAOT runtime that the plugin is linked with: UTF-8 in static data.</summary>
    static abstract ReadOnlySpan<byte> RuntimeVersion { get; }

    /// <summary>Makes the plugin's object.</summary>
    static abstract object Create(PluginContext context);
}
