namespace NativePlugins.Sdk;

/// <summary>How much a log record matters: the levels of Microsoft.Extensions.Logging, with the same values.</summary>
public enum PluginLogLevel
{
    /// <summary>Every detail; off in production.</summary>
    Trace = 0,

    /// <summary>For who looks into a problem.</summary>
    Debug = 1,

    /// <summary>The normal course of events.</summary>
    Information = 2,

    /// <summary>Unexpected, but the plugin goes on.</summary>
    Warning = 3,

    /// <summary>What was asked for could not be done.</summary>
    Error = 4,

    /// <summary>The plugin cannot go on.</summary>
    Critical = 5,
}
