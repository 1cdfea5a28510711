namespace NativePlugins.EndToEnd.Tests;

/// <summary>A test that is about root, and about others whom root may become.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() =>
        Skip = Environment.UserName != "root" ? "The tests do not run as root." : SetPriv.Length == 0 ? "The program setpriv is not installed." : null;

    /// <summary>The program that starts another as another user.</summary>
    public static string SetPriv { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(directory => Path.Combine(directory, "setpriv")).FirstOrDefault(File.Exists) ?? "";
}
