namespace NativePlugins.EndToEnd.Tests;

/// <summary>A test of the Rust plugin, which the build leaves out where there is no rustc.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RustFactAttribute : FactAttribute
{
    public RustFactAttribute() =>
        Skip = File.Exists(TestTarget.PathOf("dist/libhello_rust.so")) ? null : "dist/libhello_rust.so was not built: there is no rustc.";
}
