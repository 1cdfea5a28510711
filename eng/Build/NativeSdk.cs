using System.Xml.Linq;

namespace NativePlugins.Build;

/// <summary>What plugins in C, C++ and Rust are built with, laid out as a folder to hand on: <c>dist/sdk</c>, and <c>native/</c> of the package NativePlugins.Abi.</summary>
internal static class NativeSdk
{
    private const string VersionMark = "0.0.0-packed";

    // Where each file is in the repository, and where it goes in the SDK's folder.
    private static readonly (string Source, string Target)[] s_files =
    [
        ("LICENSE", "LICENSE"),
        ("abi/native_plugins.h", "include/native_plugins.h"),
        ("abi/native_plugins_plugin.h", "include/native_plugins_plugin.h"),
        ("abi/native_plugins_instance.h", "include/native_plugins_instance.h"),
        ("abi/native_plugins_data.h", "include/native_plugins_data.h"),
        ("plugins-native/sdk/cpp/native_plugins.hpp", "include/native_plugins.hpp"),
        .. "arguments check data errors events objects owned proxies results stream_functions streams".Split(' ')
            .Select(name => ($"plugins-native/sdk/cpp/native_plugins/{name}.hpp", $"include/native_plugins/{name}.hpp")),
        ("plugins-native/sdk/cmake/NativePluginsConfig.cmake", "lib/cmake/NativePlugins/NativePluginsConfig.cmake"),
        ("plugins-native/sdk/cmake/NativePluginsConfigVersion.cmake", "lib/cmake/NativePlugins/NativePluginsConfigVersion.cmake"),
        ("plugins-native/sdk/rust/native_plugins.rs", "rust/native_plugins.rs"),
        ("plugins-native/sdk/rust/boundary.rs", "rust/boundary.rs"),
        ("plugins-native/sdk/rust/abi.rs", "rust/abi.rs"),
        .. RustContracts("rust"),
        ("plugins-native/sdk/examples/README.md", "README.md"),
        ("plugins-native/sdk/examples/c/CMakeLists.txt", "examples/c/CMakeLists.txt"),
        ("plugins-native/hello_c/hello_c.c", "examples/c/hello_c.c"),
        ("plugins-native/sdk/examples/cpp/CMakeLists.txt", "examples/cpp/CMakeLists.txt"),
        ("plugins-native/hello_cpp/hello_cpp.cpp", "examples/cpp/hello_cpp.cpp"),
        ("plugins-native/sdk/examples/rust/Cargo.toml", "examples/rust/Cargo.toml"),
        ("plugins-native/sdk/examples/rust/src/lib.rs", "examples/rust/src/lib.rs"),
        ("plugins-native/sdk/rust/native_plugins.rs", "examples/rust/src/native_plugins.rs"),
        ("plugins-native/sdk/rust/boundary.rs", "examples/rust/src/boundary.rs"),
        ("plugins-native/sdk/rust/abi.rs", "examples/rust/src/abi.rs"),
        .. RustContracts("examples/rust/src"),
    ];

    private static IEnumerable<(string Source, string Target)> RustContracts(string folder) =>
        "mod asynchronous callee caller data events futures lists objects optional received_streams records replies streams tables values".Split(' ')
            .Select(name => ($"plugins-native/sdk/rust/contracts/{name}.rs", $"{folder}/contracts/{name}.rs"));

    /// <summary>Leaves exactly these files in a folder.</summary>
    /// <param name="workspace">Where the sources are.</param>
    /// <param name="folder">The folder; what else is in it is removed.</param>
    /// <param name="version">The version that CMake is told; the product's own when null.</param>
    public static void LayOut(Workspace workspace, string folder, string? version)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        string number = (version ?? ProductVersion(workspace)).Split('-', '+')[0];
        foreach (var (source, target) in s_files)
        {
            var path = Path.Combine(folder, target);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, File.ReadAllText(Path.Combine(workspace.Root, source)).Replace(VersionMark, number, StringComparison.Ordinal));
        }
    }

    private static string ProductVersion(Workspace workspace) =>
        XDocument.Load(Path.Combine(workspace.Root, "Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
}
