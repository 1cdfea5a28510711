using System.ComponentModel;
using NativePlugins.Contracts.Interop;

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

    /// <summary>Makes the contracts that the plugin's class implements callable.</summary>
    /// <param name="plugin">The plugin's object.</param>
    /// <param name="side">The plugin's side of the calls.</param>
    static abstract ContractExport[] Export(object plugin, ContractSide side);
}
