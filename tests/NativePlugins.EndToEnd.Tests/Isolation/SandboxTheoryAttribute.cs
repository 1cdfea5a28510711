namespace NativePlugins.EndToEnd.Tests;

/// <summary>The same as <see cref="SandboxFactAttribute"/>, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SandboxTheoryAttribute : TheoryAttribute
{
    public SandboxTheoryAttribute() => Skip = SandboxFactAttribute.Absence;
}
