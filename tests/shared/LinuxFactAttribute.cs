using Xunit;

namespace NativePlugins.Tests;

/// <summary>A test against the loader, or the tools, of a 64-bit Linux; elsewhere it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() && nint.Size == 8 ? null : "this is no 64-bit Linux";
}
