namespace NativePlugins.Repository.Tests;

/// <summary>A test that needs a linter, and is skipped with the reason where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinterFactAttribute : FactAttribute
{
    public LinterFactAttribute(string linter)
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (!directories.Any(directory => File.Exists(Path.Combine(directory, linter)) || File.Exists(Path.Combine(directory, linter + ".exe"))))
        {
            Skip = $"{linter} is not on the PATH";
        }
    }
}
