using NativePlugins.Contracts;

namespace NativePlugins.Host;

/// <summary>A plugin and the contract that it offers.</summary>
/// <typeparam name="T">The contract.</typeparam>
/// <param name="Plugin">The plugin.</param>
/// <param name="Contract">The object through which calls go.</param>
public readonly record struct PluginContract<T>(Plugin Plugin, T Contract)
    where T : class, IPluginContract<T>;
