using System.Text.Json;

namespace NativePlugins.Cli;

/// <summary>How a plugin is built that MSBuild does not build: in C, C++, Rust and whatever else makes a shared library.</summary>
/// <param name="Project">The file that says so, or the directory in which a command is run.</param>
/// <param name="Commands">Programs with their arguments, one after the other, given the directory of this process's.</param>
/// <param name="Library">The library's path, where it is said; null where the only one is taken that lies in the build's directory.</param>
internal sealed record BuildRecipe(string Project, Func<string, IEnumerable<string[]>> Commands, string? Library = null)
{
    /// <summary>The file that names a command and a library.</summary>
    public const string FileName = "plugin.build.json";

    /// <summary>In the directory of this process's: where cmake and cargo build.</summary>
    public const string Output = "build";

    /// <summary>A command, run in the current directory.</summary>
    /// <param name="command">For the system's shell.</param>
    /// <param name="library">The path of what it makes.</param>
    public static BuildRecipe Of(string command, string library) =>
        new(Environment.CurrentDirectory, _ => [[.. ProcessSystem.Current.Shell, command]], Path.GetFullPath(library));

    /// <summary>What a project file says by its name; null if it is for MSBuild.</summary>
    /// <param name="project">As typed.</param>
    /// <exception cref="CliException">The file does not say what it has to.</exception>
    public static BuildRecipe? Find(string project)
    {
        string path = Path.GetFullPath(project), directory = Path.GetDirectoryName(path) ?? "";
        return Path.GetFileName(path) switch
        {
            "CMakeLists.txt" => new BuildRecipe(path, own => CMake(directory, Path.Combine(own, Output))),
            "Cargo.toml" => new BuildRecipe(path, own => [["cargo", "build", "--release", "--lib", "--manifest-path", path, "--target-dir", Path.Combine(own, Output)]]),
            FileName when File.Exists(path) => Read(path, directory),
            _ => null,
        };
    }

    private static IEnumerable<string[]> CMake(string directory, string output)
    {
        // Once is enough: the build configures anew by itself when it has to.
        if (!File.Exists(Path.Combine(output, "CMakeCache.txt")))
        {
            yield return ["cmake", "-S", directory, "-B", output, "-DCMAKE_BUILD_TYPE=RelWithDebInfo"];
        }

        yield return ["cmake", "--build", output, "--config", "RelWithDebInfo"];
    }

    private static BuildRecipe Read(string path, string directory)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && TextOf(json.RootElement, "command") is string command && TextOf(json.RootElement, "library") is string library)
            {
                return new BuildRecipe(path, _ => [[.. ProcessSystem.Current.Shell, command]], Path.GetFullPath(library, directory));
            }
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw CliErrors.BadRecipe(path, e.Message);
        }

        throw CliErrors.BadRecipe(path, "no such object");
    }

    private static string? TextOf(JsonElement recipe, string name) =>
        recipe.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
