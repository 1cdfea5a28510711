namespace NativePlugins.Cli;

/// <summary>What a build after some changes takes.</summary>
/// <param name="IsCompile">Whether to do again only what the last whole build has done with the sources.</param>
/// <param name="Why">If it is not: why. Null where there is no choice.</param>
internal readonly record struct BuildPlan(bool IsCompile, string? Why = null)
{
    /// <summary>All of it, as always.</summary>
    public static BuildPlan Whole { get; } = new(IsCompile: false);

    /// <summary>All of it, although less could have been enough.</summary>
    public static BuildPlan Because(string why) => new(IsCompile: false, why);
}
