namespace NativePlugins.Build;

/// <summary>A line of output, and how long the terminal had stood still before it.</summary>
internal readonly record struct CastOutput(TimeSpan Waited, string Text);
