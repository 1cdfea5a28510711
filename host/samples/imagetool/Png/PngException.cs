namespace ImageTool;

/// <summary>A file is not a PNG file that this program reads. The message says what was expected and what was found.</summary>
internal sealed class PngException(string message) : Exception(message);
