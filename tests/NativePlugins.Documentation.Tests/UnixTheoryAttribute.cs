namespace NativePlugins.Documentation.Tests;

/// <summary>A test that needs a POSIX shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "the commands in the documents are for a POSIX shell";
        }
    }
}
