using NativePlugins.Conform;
using Xunit;

namespace NativePlugins.Tests;

/// <summary>A test that makes libraries and asks glibc's loader about them; skipped where there is another one, or no compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusalFactAttribute : FactAttribute
{
    public RefusalFactAttribute() => Skip = RefusalRun.Obstacle;
}
