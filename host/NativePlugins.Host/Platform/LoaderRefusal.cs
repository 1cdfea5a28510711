namespace NativePlugins.Host.Platform;

/// <summary>The answer of the system's loader when it refused a library.</summary>
/// <param name="Number">The system's error number, to decide by; 0 if its loader gives none.</param>
/// <param name="Reason">The loader's own words. Only shown, never parsed.</param>
internal readonly record struct LoaderRefusal(int Number, string Reason);
