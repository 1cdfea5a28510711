using System.Runtime.InteropServices;

namespace NativePlugins.Tests;

/// <summary>
/// What the programs are built for that tests run: this machine; or, with NATIVE_PLUGINS_TEST_TARGET, another processor, whose programs it runs too:
/// <c>./build.sh test-arm64</c>. The tests themselves run on this machine in any case.
/// </summary>
internal static class TestTarget
{
    /// <summary>Its runtime identifier; null for this machine.</summary>
    public static string? Rid { get; } = Environment.GetEnvironmentVariable("NATIVE_PLUGINS_TEST_TARGET") is { Length: > 0 } rid ? rid : null;

    /// <summary>Whether it is arm64.</summary>
    public static bool IsArm64 => Rid is null ? RuntimeInformation.ProcessArchitecture == Architecture.Arm64 : Rid.EndsWith("-arm64", StringComparison.Ordinal);

    /// <summary>The C compiler for it.</summary>
    public static string C => Rid switch
    {
        null => "cc",
        "linux-arm64" => "aarch64-linux-gnu-gcc",
        _ => throw new NotSupportedException($"The tests know no compiler for {Rid}."),
    };

    /// <summary>The C++ compiler for another processor.</summary>
    public static string Cpp => C.Replace("gcc", "g++", StringComparison.Ordinal);

    /// <summary>Where what the build makes for it is.</summary>
    /// <param name="path">Where that is for this machine, from the repository's root on: in <c>dist/</c> or <c>artifacts/fixtures/</c>, or the same for all.</param>
    public static string PathOf(string path) => RepositoryRoot.PathOf(
        Rid is null ? path
        : path.StartsWith("dist/", StringComparison.Ordinal) ? $"artifacts/{Rid}/{path}"
        : path.StartsWith("artifacts/fixtures/", StringComparison.Ordinal) ? $"artifacts/{Rid}/{path["artifacts/".Length..]}"
        : path);
}
