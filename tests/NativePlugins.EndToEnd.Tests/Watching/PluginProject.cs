namespace NativePlugins.EndToEnd.Tests;

/// <summary>A plugin's project of its own, below artifacts/ so that it builds as this repository's do.</summary>
internal sealed class PluginProject : IDisposable
{
    private readonly string _name;
    private readonly string _directory;

    /// <param name="name">The project's, and the plugin's id.</param>
    /// <param name="further">What the project file says besides.</param>
    public PluginProject(string name, string further = "")
    {
        _name = name;
        _directory = Repository.PathOf($"artifacts/projects/{name}");
        Directory.CreateDirectory(_directory);
        File.WriteAllText(Path, $"""
            <Project>
              <Import Project="../../../plugins-native/sdk/Sdk/Sdk.props" />
              <!-- Somebody may commit while a test runs: the library must not name the commit. -->
              <PropertyGroup><EnableSourceControlManagerQueries>false</EnableSourceControlManagerQueries></PropertyGroup>
              <ItemGroup>
                <Compile Include="Plugin.cs" />
              </ItemGroup>
              {further}
              <Import Project="../../../plugins-native/sdk/Sdk/Sdk.targets" />
            </Project>
            """);
    }

    public string Path => System.IO.Path.Combine(_directory, $"{_name}.csproj");

    /// <summary>What dotnet needs of the environment that a host otherwise does not get.</summary>
    public static HostEnvironment Environment => new()
    {
        Limit = TimeSpan.FromMinutes(15),
        Variables =
        {
            ["PATH"] = $"{System.IO.Path.GetDirectoryName(System.Environment.ProcessPath)}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["HOME"] = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        },
    };

    /// <summary>The same, with a directory of the project's own in place of the user's data: there is what host watch builds.</summary>
    public HostEnvironment EnvironmentWithData(out string data)
    {
        HostEnvironment environment = Environment;
        environment.Variables["XDG_DATA_HOME"] = data = Directory.CreateDirectory(System.IO.Path.Combine(_directory, ".data")).FullName;
        return environment;
    }

    /// <summary>Writes a counter with state whose runs print this word too.</summary>
    /// <param name="word">Printed.</param>
    /// <param name="refusesBeside">While this file exists no state is taken over.</param>
    public void Save(string word, string refusesBeside = "") => SaveText($$"""
        using System.Buffers;
        using NativePlugins.Sdk;

        [Plugin("{{_name}}", Name = "Counts", Version = "1.0.0")]
        internal sealed class Counts : ICommand, IStateful
        {
            private int _runs;

            public int Run(CommandContext context)
            {
                context.Output.WriteLine($"{{word}} {++_runs}");
                return 0;
            }

            public void SaveState(IBufferWriter<byte> state) => state.Write([(byte)_runs]);

            public void LoadState(ReadOnlySpan<byte> state, int version) =>
                _runs = File.Exists({{SyntaxOf(refusesBeside)}}) ? throw new InvalidDataException("not now") : state[0];
        }
        """);

    // A path may have quotes and backslashes in it.
    private static string SyntaxOf(string text) => $"@\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public void SaveText(string text) => SaveText("Plugin.cs", text);

    public void SaveText(string file, string text) => File.WriteAllText(System.IO.Path.Combine(_directory, file), text);

    public void Publish(string directory) =>
        Tool.Run("dotnet", "publish", Path, "-c", "Release", "-nologo", "-v:quiet", $"-p:PublishDir={directory}/");

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
