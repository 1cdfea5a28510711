using System.IO.Compression;
using System.Text.Json;

namespace NativePlugins.Outside.Tests;

/// <summary>The first hour of somebody who writes a plugin in C, C++ or Rust.</summary>
[Collection(OutsideTests.Name)]
public class NativeAuthorTests(OutsideDirectory outside)
{
    // The packages of the tests have a version of their own.
    private const string VersionFile = "lib/cmake/NativePlugins/NativePluginsConfigVersion.cmake";

    [ProgramFact("cmake", "make")]
    public void The_example_in_C_is_built_by_CMake_from_a_copy()
    {
        string copy = Copy("examples/c", "c");

        outside.Run(copy, WithTool, "cmake", "-S", ".", "-B", "build", $"-DCMAKE_PREFIX_PATH={Unpacked}", "-DCMAKE_BUILD_TYPE=Release").Succeeded();
        outside.Run(copy, "cmake", "--build", "build").Succeeded();

        RunsAndIsListed(Path.Combine(copy, "build"), "hello_c", "C");
    }

    [ProgramFact("cmake", "make")]
    public void The_example_in_Cpp_is_built_by_CMake_from_a_copy()
    {
        string copy = Copy("examples/cpp", "cpp");

        outside.Run(copy, WithTool, "cmake", "-S", ".", "-B", "build", $"-DCMAKE_PREFIX_PATH={Unpacked}", "-DCMAKE_BUILD_TYPE=Release").Succeeded();
        outside.Run(copy, "cmake", "--build", "build").Succeeded();

        RunsAndIsListed(Path.Combine(copy, "build"), "hello_cpp", "C++");
    }

    [ProgramFact("cmake", "make")]
    public void CMake_refuses_a_package_of_another_minor_version()
    {
        string copy = Copy("examples/cpp", "cpp_other");
        string list = Path.Combine(copy, "CMakeLists.txt");
        File.WriteAllText(list, File.ReadAllText(list).Replace("NativePlugins 0.1", "NativePlugins 0.0", StringComparison.Ordinal));

        outside.Run(copy, "cmake", "-S", ".", "-B", "build", $"-DCMAKE_PREFIX_PATH={Unpacked}").FailedWith("NativePlugins", "0.0");
    }

    [ProgramFact("rustc")]
    public void The_example_in_Rust_is_compiled_by_rustc_alone_from_a_copy()
    {
        string copy = Copy("examples/rust", "rust");
        string build = outside.NewDirectory("rust/build");
        string library = Path.Combine(build, Platform.Library("greeter"));

        outside.Run(copy, "rustc", "--edition", "2021", "--crate-type", "cdylib", "-O", "-D", "warnings", "-o", library, "src/lib.rs").Succeeded();
        outside.Run(copy, outside.Tool, "manifest", library).Succeeded();

        RunsAndIsListed(build, "greeter", "Rust");
    }

    [ProgramFact("cargo", "rustc")]
    public void The_example_in_Rust_is_a_crate_without_dependencies()
    {
        string copy = Copy("examples/rust", "crate");

        outside.Run(copy, "cargo", "build", "--release", "--offline").Succeeded();

        Assert.Equal("Hello, world!\n", outside.Run(copy, outside.Tool, Path.Combine(copy, "target", "release", Platform.Library("greeter"))).Succeeded().Output);
        Assert.Single(File.ReadAllLines(Path.Combine(copy, "Cargo.lock")), line => line == "[[package]]");
    }

    [Fact]
    public void The_folder_of_the_build_and_that_in_the_package_are_the_same()
    {
        string[] built = Files(BuiltSdk);

        Assert.Equal(built, Files(Unpacked));
        Assert.Contains("include/native_plugins.h", built);
        Assert.Contains("include/native_plugins_plugin.h", built);
        Assert.Contains("include/native_plugins_instance.h", built);
        Assert.Contains(VersionFile, built);
        Assert.All(
            built.Where(file => file != VersionFile),
            file => Assert.Equal(File.ReadAllText(Path.Combine(BuiltSdk, file)), File.ReadAllText(Path.Combine(Unpacked, file))));
    }

    private static string BuiltSdk => RepositoryRoot.PathOf("dist/sdk");

    private Dictionary<string, string> WithTool =>
        new() { ["PATH"] = $"{Path.GetDirectoryName(outside.Tool)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}" };

    /// <summary>native/ of the package NativePlugins.Abi.</summary>
    private string Unpacked
    {
        get
        {
            string folder = outside.PathOf("abi");
            if (!Directory.Exists(folder))
            {
                ZipFile.ExtractToDirectory(PackedFeed.PathOf("NativePlugins.Abi"), folder);
            }

            return Path.Combine(folder, "native");
        }
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private string Copy(string example, string name)
    {
        string source = Path.Combine(Unpacked, example), target = outside.NewDirectory(name);
        foreach (string file in Files(source))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(target, file))!);
            File.Copy(Path.Combine(source, file), Path.Combine(target, file));
        }

        return target;
    }

    private void RunsAndIsListed(string folder, string id, string language)
    {
        Assert.Equal("Hello, Ada!\n", outside.Run(folder, outside.Tool, Path.Combine(folder, Platform.Library(id)), "Ada").Succeeded().Output);
        Assert.Contains(id, outside.Run(folder, outside.Tool, "list", folder).Succeeded().Output, StringComparison.Ordinal);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(Path.Combine(folder, Platform.Library(id)), ".plugin.json")));
        Assert.Equal(language, manifest.RootElement.GetProperty("language").GetString());
    }
}
