namespace NativePlugins.Outside.Tests;

/// <summary>A test that needs programs, and is skipped where some are not installed, which it names.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(params string[] programs)
    {
        string[] missing = [.. programs.Where(program => Find(program) is null)];
        if (missing.Length > 0)
        {
            Skip = $"not on the PATH: {string.Join(", ", missing)}";
        }
    }

    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, OperatingSystem.IsWindows() ? program + ".exe" : program))
            .FirstOrDefault(File.Exists);
}
