namespace NativePlugins.Cli;

/// <summary>Nobody reads any more what is written.</summary>
internal sealed class ReaderGoneException(string message) : IOException(message);
