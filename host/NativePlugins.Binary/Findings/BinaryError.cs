namespace NativePlugins.Binary.Findings;

/// <summary>A kind of problem.</summary>
/// <param name="Code">Stable: it never gets another meaning.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Explanation">What it means and how it comes about.</param>
/// <param name="Advice">What to do about it.</param>
internal sealed record BinaryError(string Code, string Title, string Explanation, string Advice);
