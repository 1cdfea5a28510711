namespace NativePlugins.Outside.Tests;

/// <summary>A test that compiles a plugin or an application as its author would, and is skipped where NativeAOT's packages for that are not to be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AotFactAttribute : ProgramFactAttribute
{
    public AotFactAttribute(params string[] programs)
        : base(programs) => Skip ??= AotTarget.Obstacle;
}
