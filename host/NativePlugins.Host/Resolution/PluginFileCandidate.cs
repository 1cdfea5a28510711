namespace NativePlugins.Host.Resolution;

/// <summary>A file that may be a plugin, judged by its name alone.</summary>
/// <param name="Path">Absolute. Links in it are not resolved.</param>
/// <param name="Stem">The file name without prefix and extension.</param>
/// <param name="Directory">The directory of <paramref name="Path"/>.</param>
/// <param name="TrustProblem">Why it would be refused because others may change it, or null.</param>
internal sealed record PluginFileCandidate(string Path, string Stem, string Directory, string? TrustProblem);
