namespace NativePlugins.Cli;

/// <summary>What a build after some changes takes.</summary>
/// <param name="IsCompile">Whether the compiler alone is enough.</param>
/// <param name="Why">If it is not: why. Null where there is no choice.</param>
internal readonly record struct BuildPlan(bool IsCompile, string? Why = null)
{
    /// <summary>All of it, as always.</summary>
    public static BuildPlan Whole { get; } = new(IsCompile: false);
}
