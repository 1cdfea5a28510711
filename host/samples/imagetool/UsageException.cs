namespace ImageTool;

/// <summary>The command line is not one that this program knows.</summary>
internal sealed class UsageException(string message) : Exception(message);
