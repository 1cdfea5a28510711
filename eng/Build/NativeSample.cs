using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace NativePlugins.Build;

/// <summary>How to compile a plugin that is not C#: the contents of its <c>plugin.build.json</c>.</summary>
/// <param name="Id">The plugin's id and the stem of its library.</param>
/// <param name="Language">c, cpp or rust.</param>
/// <param name="Sources">The files that the compiler is given, relative to the plugin's folder.</param>
/// <param name="Arguments">More arguments; <c>{obj}</c> is a scratch folder, <c>{root}</c> the repository.</param>
/// <param name="Linux">More arguments on Linux only.</param>
/// <param name="Macos">More arguments on macOS only.</param>
/// <param name="Windows">More arguments on Windows only.</param>
internal sealed partial record NativeSample(
    string Id, string Language, string[] Sources, string[]? Arguments, string[]? Linux, string[]? Macos, string[]? Windows)
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNameCaseInsensitive = true,
        RespectRequiredConstructorParameters = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The folder that the description was read from.</summary>
    [JsonIgnore]
    public string Folder { get; private init; } = "";

    /// <summary>Whether it is compiled with what the build writes for contracts: headers, which an argument says, and in Rust a file that the source names.</summary>
    [JsonIgnore]
    public bool NeedsContracts => AllArguments().Concat(Language == "rust" ? Sources.Select(source => File.ReadAllText(Path.Combine(Folder, source))) : [])
        .Any(text => text.Contains("/artifacts/include", StringComparison.Ordinal));

    public static NativeSample Read(Workspace workspace, string path)
    {
        try
        {
            var sample = JsonSerializer.Deserialize<NativeSample>(File.ReadAllText(path), s_options);
            if (sample is { Id: not null, Language: "c" or "cpp" or "rust", Sources.Length: > 0 } && ValidId().IsMatch(sample.Id))
            {
                return sample with { Folder = Path.GetDirectoryName(path)! };
            }
        }
        catch (JsonException failure)
        {
            throw new BuildException($"{workspace.Relative(path)}: {failure.Message}");
        }

        throw new BuildException($"{workspace.Relative(path)}: expected \"id\" (a-z, 0-9, _), \"language\" (c, cpp or rust) and at least one of \"sources\".");
    }

    public IEnumerable<string> AllArguments() =>
        (Arguments ?? []).Concat((OperatingSystem.IsWindows() ? Windows : OperatingSystem.IsMacOS() ? Macos : Linux) ?? []);

    [GeneratedRegex("^[a-z0-9][a-z0-9_]*$")]
    private static partial Regex ValidId();
}
