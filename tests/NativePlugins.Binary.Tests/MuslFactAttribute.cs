namespace NativePlugins.Binary.Tests;

/// <summary>A test that compiles for musl; skipped if the package musl-tools is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MuslFactAttribute : FactAttribute
{
    private static readonly string? s_specs = Directory.Exists("/usr/lib")
        ? Directory.EnumerateDirectories("/usr/lib", "*-linux-musl").Select(directory => Path.Combine(directory, "musl-gcc.specs")).FirstOrDefault(File.Exists)
        : null;

    public MuslFactAttribute() => Skip = s_specs is null ? "musl-gcc.specs is not here: the package musl-tools is not installed" : null;

    public static string Specs => s_specs ?? throw new InvalidOperationException("The test should have been skipped.");
}
