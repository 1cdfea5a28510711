namespace NativePlugins.Outside.Tests;

/// <summary>A theory about what there is on Linux only.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "only on Linux";
}
