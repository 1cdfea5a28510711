using NativePlugins.Sdk;

namespace NativePlugins.Testing;

/// <summary>A record that the plugin wrote to the host's log.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="EventId">The plugin's own number for this kind of event, or 0.</param>
/// <param name="Category">A part of the plugin, or empty for the plugin as a whole.</param>
/// <param name="Message">What happened.</param>
/// <param name="Detail">The exception with its stack trace, or empty.</param>
/// <param name="TraceParent">The trace context of the command that it was written in, or empty.</param>
public sealed record TestLogRecord(PluginLogLevel Level, int EventId, string Category, string Message, string Detail, string TraceParent);
