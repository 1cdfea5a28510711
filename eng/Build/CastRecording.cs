using System.Text.RegularExpressions;

namespace NativePlugins.Build;

/// <summary>The first half minute with <c>dist/host</c>, as it really runs: greet, edit, reload, refuse. The directory it runs in looks like the repository.</summary>
internal static partial class CastRecording
{
    public const string Title = "The first half minute: greet, edit, reload, refuse";

    public const string Description =
        "A terminal session, played in a loop. A C# plugin greets. host watch runs a second one, which counts; its source is edited, and the new build "
        + "takes over and goes on counting. An edit that does not compile is refused, and the old build goes on. A library that is not a plugin is "
        + "refused, with what was expected, what was found and what to do.";

    private const string Counter = "plugins-native/counter";

    private const string Source = $"{Counter}/Counter.cs";

    private const UnixFileMode OnlyTheOwnerWrites = (UnixFileMode)0b111_101_101;

    public static IReadOnlyList<CastScene> Make(Workspace workspace, string folder)
    {
        LayOut(workspace, folder);
        using var shell = new CastShell(folder);
        CastScene[] scenes =
        [
            shell.Play("a C# plugin, compiled to native code", "dist/host hello_world Ada", "Hello, Ada!"),
            shell.Play("a second one, which counts: host watch builds and reloads it whenever its source is saved", $"dist/host watch --project {Counter}/counter.csproj &", "run 1"),
            shell.Play("an edit: the new build takes over and goes on counting", $"sed -i 's/\"run /\"round /' {Source}", "round 2"),
            shell.Play("an edit that does not compile: refused, and the old build goes on", $"sed -i 's/return 0/return zero/' {Source}", "goes on"),
            shell.Play("a library that is not a plugin: refused before any of its code runs", "cc -shared -x c /dev/null -o libempty.so", last: null),
            shell.Play("", "dist/host ./libempty.so", "host explain"),
        ];
        return [.. scenes.Select(scene => scene with { Output = [.. scene.Output.Select(line => line with { Text = WithoutThisMachine(folder, line.Text) })] })];
    }

    private static void LayOut(Workspace workspace, string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            // The host refuses a directory that others may write to, whatever the umask of the person who builds.
            File.SetUnixFileMode(folder, OnlyTheOwnerWrites);
        }

        Directory.CreateSymbolicLink(Path.Combine(folder, "dist"), workspace.Dist);
        Directory.CreateDirectory(Path.Combine(folder, Counter));
        File.Copy(Path.Combine(workspace.Root, Source), Path.Combine(folder, Source));

        // The repository's project as it is below artifacts/, which globs leave out, with intermediate files of its own.
        string sdk = Path.GetRelativePath(Path.Combine(folder, Counter), Path.Combine(workspace.Root, "plugins-native/sdk/Sdk"));
        File.WriteAllText(Path.Combine(folder, Counter, "counter.csproj"), $"""
            <Project>
              <PropertyGroup>
                <ArtifactsProjectName>cast_counter</ArtifactsProjectName>
              </PropertyGroup>
              <Import Project="{sdk}/Sdk.props" />
              <ItemGroup>
                <Compile Include="Counter.cs" />
              </ItemGroup>
              <Import Project="{sdk}/Sdk.targets" />
            </Project>
            """);
    }

    /// <summary>Where the repository lies, and how fast this machine is, is nothing to show.</summary>
    private static string WithoutThisMachine(string folder, string text) =>
        Times().Replace(text.Replace(folder, "…", StringComparison.Ordinal), "…$1");

    [GeneratedRegex(@"\d+\.\d+( m?s\b)")]
    private static partial Regex Times();
}
