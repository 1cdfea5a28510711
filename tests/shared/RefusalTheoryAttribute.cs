using NativePlugins.Conform;
using Xunit;

namespace NativePlugins.Tests;

/// <inheritdoc cref="RefusalFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusalTheoryAttribute : TheoryAttribute
{
    public RefusalTheoryAttribute() => Skip = RefusalRun.Obstacle;
}
