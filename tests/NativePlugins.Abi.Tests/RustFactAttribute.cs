namespace NativePlugins.Abi.Tests;

/// <summary>A test that needs rustc; it is skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RustFactAttribute : FactAttribute
{
    public RustFactAttribute() => Skip = Command.Exists("rustc") ? null : "rustc is not installed.";
}
