namespace NativePlugins.Sdk;

/// <summary>A service of the host's failed.</summary>
public sealed class PluginHostException : Exception
{
    /// <summary>A service of the host's failed.</summary>
    public PluginHostException()
    {
    }

    /// <summary>A service of the host's failed.</summary>
    /// <param name="message">What the host said.</param>
    public PluginHostException(string message)
        : base(message)
    {
    }

    /// <summary>A service of the host's failed.</summary>
    /// <param name="message">What the host said.</param>
    /// <param name="innerException">The cause.</param>
    public PluginHostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal PluginHostException(int status, string message)
        : base(message) => Status = status;

    /// <summary>The status that the host returned (NP_E_* in native_plugins.h), or 0.</summary>
    public int Status { get; }
}
