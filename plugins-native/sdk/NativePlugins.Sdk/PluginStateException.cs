namespace NativePlugins.Sdk;

/// <summary>Refuses a state that the instance is to take over. The host keeps the old instance.</summary>
public sealed class PluginStateException : Exception
{
    /// <summary>Refuses without a reason.</summary>
    public PluginStateException()
        : this("The state cannot be taken over.")
    {
    }

    /// <summary>Refuses for a reason.</summary>
    public PluginStateException(string message)
        : base(message)
    {
    }

    /// <summary>Refuses because of another exception.</summary>
    public PluginStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
