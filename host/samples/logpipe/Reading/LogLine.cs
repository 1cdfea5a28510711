namespace LogPipe;

/// <summary>A line as it was read.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Number">From 1.</param>
/// <param name="Text">Without its end.</param>
internal readonly record struct LogLine(string Source, long Number, string Text);
