namespace NativePlugins.Distribution.Tests;

/// <summary>A test that needs the program minisign, and is skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MinisignFactAttribute : FactAttribute
{
    public MinisignFactAttribute() => Skip = Obstacle;

    public static string? Obstacle { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(directory => File.Exists(Path.Join(directory, "minisign")))
            ? null : "minisign is not on the PATH";
}

/// <summary>The same for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MinisignTheoryAttribute : TheoryAttribute
{
    public MinisignTheoryAttribute() => Skip = MinisignFactAttribute.Obstacle;
}
