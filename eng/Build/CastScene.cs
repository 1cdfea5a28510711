namespace NativePlugins.Build;

/// <summary>A command of a cast: what it shows, what is typed, and what the terminal then wrote.</summary>
internal sealed record CastScene(string Caption, string Command, IReadOnlyList<CastOutput> Output);
