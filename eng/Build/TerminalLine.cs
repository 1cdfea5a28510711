namespace NativePlugins.Build;

/// <summary>A line of a terminal: as SVG, and how many columns it takes.</summary>
internal readonly record struct TerminalLine(string Markup, int Length);
