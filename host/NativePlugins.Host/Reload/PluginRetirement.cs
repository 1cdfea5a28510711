namespace NativePlugins.Host;

/// <summary>The end of a generation that was replaced.</summary>
/// <param name="Generation">Its number.</param>
/// <param name="Image">What became of its library.</param>
/// <param name="Error">What its stop reported, escaped, or that it did not return in time; null if all went well.</param>
public sealed record PluginRetirement(int Generation, PluginRetiredImage Image, string? Error);
