using System.Diagnostics;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>rustc, with the module for plugins and the Rust file of the test contracts.</summary>
internal static class RustCompiler
{
    /// <summary>Whether it is installed, and compiles for what the tests run on.</summary>
    public static bool IsHere { get; } = TestTarget.Rid is null && Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "rustc")) || File.Exists(Path.Combine(folder, "rustc.exe")));

    /// <summary>Compiles a module of tests/contracts/rust as a crate; a warning is an error.</summary>
    public static void Build(string output, string kind, string module)
    {
        string name = Path.GetFileNameWithoutExtension(module), root = Path.Combine(Path.GetDirectoryName(output)!, $"{name}_root.rs");
        File.WriteAllText(root, $"""
            #[path = "{Repository.PathOf("plugins-native/sdk/rust/native_plugins.rs")}"]
            mod native_plugins;
            #[path = "{Path.Combine(Repository.HeaderDirectory, "native_plugins_test_contracts.rs")}"]
            mod test_contracts;
            #[path = "{module}"]
            mod {name};
            {(kind == "bin" ? $"fn main() {{ {name}::main() }}" : "")}
            """);
        ProgramRun run = ProgramRun.Of(new ProcessStartInfo("rustc", ["--edition", "2021", "--crate-type", kind, "-O", "-D", "warnings", "-o", output, root]));
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException(run.Error);
        }
    }
}

/// <summary>A test that needs rustc; it is skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RustFactAttribute : FactAttribute
{
    public RustFactAttribute() => Skip = RustCompiler.IsHere ? null : "rustc is not installed";
}
