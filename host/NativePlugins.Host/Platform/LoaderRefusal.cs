namespace NativePlugins.Host.Platform;

/// <summary>What the system's loader said when it refused a library.</summary>
/// <param name="Number">The system's error number, to decide by; 0 where its loader gives none.</param>
/// <param name="Reason">Its own words. Never parsed, only shown.</param>
internal readonly record struct LoaderRefusal(int Number, string Reason);
