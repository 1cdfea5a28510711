using System.Text.Json;

namespace NativePlugins.Abi.Tests;

/// <summary>A scratch directory, and what is compiled into it.</summary>
public sealed class NativeBuild : IDisposable
{
    private static readonly string[] s_strict = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Iabi"];
    private static readonly string[] s_library = ["-fPIC", "-shared", "-fvisibility=hidden"];
    private readonly Lazy<string> _host;

    public NativeBuild() =>
        _host = new(() => Program("tests/c_host/c_host.c", "-std=c99", "-ldl"));

    public string Scratch { get; } = Directory.CreateTempSubdirectory("native-plugins-").FullName;

    /// <summary>Compiles tests/c_host once and runs it.</summary>
    internal ProgramRun RunInCHost(string library, params string[] arguments) =>
        Command.Run(_host.Value, [library, .. arguments]);

    public string Program(string source, params string[] arguments)
    {
        var program = Path.Combine(Scratch, Path.GetFileNameWithoutExtension(source));
        Command.Succeed("cc", [.. s_strict, "-o", program, source, .. arguments]);
        return program;
    }

    /// <summary>Builds a fixture by the rule in tests/fixtures/README.md.</summary>
    public string Fixture(string name)
    {
        var source = $"tests/fixtures/{name}.c";
        var flags = FixtureFlags.Of(Repository.File(source));
        return Library(name, "cc", [source, "-Itests/fixtures", .. flags.Select(WithDependency)]);
    }

    /// <summary>Builds a sample as its plugin.build.json says, with the commands in plugins-native/README.md.</summary>
    public string Sample(string id)
    {
        var folder = $"plugins-native/{id}";
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.File($"{folder}/plugin.build.json")));
        var description = document.RootElement;
        var sources = Strings(description, "sources").Select(source => $"{folder}/{source}");
        var arguments = Strings(description, "arguments").Concat(Strings(description, "linux")).Select(argument => argument
            .Replace("{root}", Repository.Root, StringComparison.Ordinal)
            .Replace("{obj}", Scratch, StringComparison.Ordinal));
        Assert.Equal(id, description.GetProperty("id").GetString());
        return description.GetProperty("language").GetString() switch
        {
            "c" => Library(id, "cc", ["-std=c99", "-O2", "-g", .. sources, .. arguments]),
            "cpp" => Library(id, "c++", ["-std=c++17", "-O2", "-g", .. sources, .. arguments]),
            "rust" => RustLibrary(id, [.. sources, .. arguments]),
            var language => throw new InvalidOperationException($"{id}: no such language: {language}"),
        };
    }

    public string Library(string name, string compiler, params IEnumerable<string> arguments)
    {
        var library = Path.Combine(Scratch, $"lib{name}.so");
        Command.Succeed(compiler, [.. s_strict, .. s_library, "-o", library, .. arguments]);
        return library;
    }

    public void Dispose() => Directory.Delete(Scratch, recursive: true);

    private string RustLibrary(string name, IEnumerable<string> arguments)
    {
        var library = Path.Combine(Scratch, $"lib{name}.so");
        Command.Succeed("rustc", ["--edition", "2021", "--crate-type", "cdylib", "-O", "-D", "warnings", "-o", library, .. arguments]);
        return library;
    }

    private static IEnumerable<string> Strings(JsonElement description, string name) =>
        description.TryGetProperty(name, out var array) ? array.EnumerateArray().Select(element => element.GetString()!) : [];

    private string WithDependency(string flag) =>
        flag.Contains("{dependency}", StringComparison.Ordinal) ? flag.Replace("{dependency}", Dependency(), StringComparison.Ordinal) : flag;

    private string Dependency()
    {
        Library("np_fixture_dependency", "cc", "tests/fixtures/dependency/np_fixture_dependency.c");
        return Scratch;
    }
}
