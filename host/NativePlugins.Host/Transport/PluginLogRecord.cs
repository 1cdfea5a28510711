namespace NativePlugins.Host.Transport;

/// <summary>One record that a plugin writes to the host's log, unchanged.</summary>
internal sealed record PluginLogRecord(
    int Level, int EventId, string Category, string Message, string Detail, string TraceParent);
