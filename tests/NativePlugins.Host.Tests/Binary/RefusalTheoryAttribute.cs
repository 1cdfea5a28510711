using NativePlugins.Conform;

namespace NativePlugins.Host.Tests.Binary;

/// <inheritdoc cref="RefusalFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusalTheoryAttribute : TheoryAttribute
{
    public RefusalTheoryAttribute() => Skip = RefusalRun.Obstacle;
}
