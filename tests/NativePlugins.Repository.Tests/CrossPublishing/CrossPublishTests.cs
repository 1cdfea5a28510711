using NativePlugins.Binary;
using NativePlugins.Host;

namespace NativePlugins.Repository.Tests.CrossPublishing;

/// <summary>A plugin of the source tree, for the other processor: the libraries behind it are those of every processor.</summary>
public sealed class CrossPublishTests(CrossPublishFolder artifacts) : IClassFixture<CrossPublishFolder>
{
    private const string Plugin = "plugins-native/hello_world/hello_world.csproj";

    private readonly string _folder = artifacts.Path;

    /// <summary>Which framework the build has found that NativeAOT targets here.</summary>
    public static string Framework =>
        File.Exists(RepositoryFiles.PathOf("artifacts/AotFramework.props")) ? RepositoryFiles.Elements("artifacts/AotFramework.props", "AotFramework").Single().Value : "net10.0";

    [OtherProcessorFact]
    public void A_plugin_is_restored_and_compiled()
    {
        Dotnet("build", "-r", OtherProcessor.Rid);

        Assert.True(File.Exists(Path.Combine(_folder, "bin", "hello_world", $"release_{OtherProcessor.Rid}", "hello_world.dll")));
        Assert.Equal([$"release_{Framework}"], Directory.GetDirectories(Path.Combine(_folder, "bin", "NativePlugins.Sdk")).Select(Path.GetFileName));
    }

    [OtherProcessorFact(links: true)]
    public void A_plugin_is_published()
    {
        Dotnet("publish", "-r", OtherProcessor.Rid, $"-p:CppCompilerAndLinker={Linker()}", $"-p:ObjCopyName={OtherProcessor.Tools}-objcopy");

        string published = Path.Combine(_folder, "publish", "hello_world", $"release_{OtherProcessor.Rid}");
        BinaryInspection library = PluginBinary.Inspect(Path.Combine(published, "libhello_world.so"));
        Assert.Equal(OtherProcessor.Architecture, library.Architecture);
        Assert.Contains($"\"rid\": \"{OtherProcessor.Rid}\"", File.ReadAllText(Path.Combine(published, "libhello_world.plugin.json")), StringComparison.Ordinal);
    }

    /// <summary>NativeAOT passes clang's way of naming the target to every compiler but that named gcc, which has no such option.</summary>
    private string Linker()
    {
        string linker = Path.Combine(_folder, "linker-for-cross-publishing");
        File.WriteAllText(linker, $"""
            #!/bin/sh
            for argument; do
                shift
                case $argument in --target=*) ;; *) set -- "$@" "$argument" ;; esac
            done
            exec {OtherProcessor.Tools}-gcc "$@"

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(linker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return linker;
    }

    private void Dotnet(string verb, params string[] arguments)
    {
        (int status, string output) = OtherProcessor.Dotnet(
            RepositoryFiles.Root, [verb, Plugin, "--configuration", "Release", "-nologo", "-v:quiet", $"-p:ArtifactsPath={_folder}/", $"-p:AotFramework={Framework}", .. arguments]);
        Assert.True(status == 0, output);
    }
}

/// <summary>What is built for the other processor goes here: it is not in the way of what the build has made.</summary>
public sealed class CrossPublishFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("native-plugins-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
