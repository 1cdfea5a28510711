namespace NativePlugins.Build;

/// <summary>A build that cannot go on: what failed and what to do, and the exit code that says which kind it is.</summary>
internal sealed class BuildException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
