namespace NativePlugins.Sdk;

/// <summary>
/// A setting is missing or has a value that the plugin cannot use. When it leaves the plugin, the host reports bad
/// configuration instead of a fault.
/// </summary>
public sealed class PluginConfigurationException : Exception
{
    /// <summary>A setting is missing or bad.</summary>
    public PluginConfigurationException()
    {
    }

    /// <summary>A setting is missing or bad.</summary>
    /// <param name="message">A sentence that names the setting.</param>
    public PluginConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>A setting is missing or bad.</summary>
    /// <param name="message">A sentence that names the setting.</param>
    /// <param name="innerException">Why the value is not usable.</param>
    public PluginConfigurationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The setting <paramref name="key"/> is missing or bad.</summary>
    /// <param name="key">The setting's key.</param>
    /// <param name="message">A sentence that names the setting.</param>
    public PluginConfigurationException(string key, string message)
        : base(message) => Key = key;

    /// <summary>The setting's key, or null.</summary>
    public string? Key { get; }
}
