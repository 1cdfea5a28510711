using System.Runtime.InteropServices;
using NativePlugins.Distribution;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// A plugin that is installed from a package, and what somebody puts in its place: the same plugin, whose library or private library leaves a
/// marker as soon as it is mapped.
/// </summary>
internal sealed partial class SwappedPlugin : IDisposable
{
    public const string Id = "swapped";
    private const string Private = "private/libnp_swapped.so";

    private static readonly Lazy<string> s_right = new(() => Compile(Path.Combine(NativeFixtures.Directory, "swapped"), value: 1, marker: null));

    private readonly Scratch _scratch = new();
    private readonly string _wrong;

    public SwappedPlugin()
    {
        _wrong = Compile(_scratch.PathOf("wrong"), value: 6, Marker);
        Pack(s_right.Value);
        Install("1.0.0");
    }

    /// <summary>The directory of plugins.</summary>
    public string Plugins => _scratch.PathOf("plugins");

    /// <summary>The place of the version that is installed first, without links.</summary>
    public string Version => Path.Combine(Plugins, ".store", "versions", Id, "1.0.0");

    public string Library => Path.Combine(Version, $"lib{Id}.so");

    /// <summary>The file that the wrong libraries leave.</summary>
    public string Marker { get; } = Path.Combine(NativeFixtures.Directory, $"marker-{Guid.NewGuid():N}");

    private string Feed => _scratch.PathOf("feed");

    private string Link => Path.Combine(Plugins, Id);

    private string Aside => _scratch.PathOf("aside");

    /// <summary>The ways to put something else in the plugin's place.</summary>
    public static IReadOnlyList<string> Ways { get; } =
        ["rename", "rewrite", "rename private", "rewrite private", "truncate", "manifest", "directory", "private directory", "link", "link to library", "delete"];

    /// <summary>A host that loads nothing but what is installed.</summary>
    public PluginHostOptions Options(PluginIsolation isolation, PluginVerifier? verifier = null)
    {
        var options = new PluginHostOptions { Isolation = isolation, Verifier = verifier ?? new InstalledPluginVerifier { TrustFiles = [] } };
        options.Directories.Add(Plugins);
        options.Worker.ForwardStandardError = false;
        return options;
    }

    /// <summary>Installs another version, with the same private library: one of other bytes could not be mapped beside it.</summary>
    /// <returns>The path of its library.</returns>
    public string Update(string version)
    {
        string folder = Compile(_scratch.PathOf(version), value: 1, marker: null, version);
        File.Copy(Path.Combine(s_right.Value, Private), Path.Combine(folder, Private), overwrite: true);
        Pack(folder);
        Install(version);
        return Path.Combine(Path.GetDirectoryName(Version)!, version, $"lib{Id}.so");
    }

    private void Install(string version) => new PluginStore(Plugins, new PluginStoreOptions { TrustFiles = [] })
        .InstallAsync(Id, PluginVersionRange.Parse($"= {version}"), [new FolderSource(Feed)], CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Puts something else in the plugin's place. Where two names change, there is a moment when one of them is missing.</summary>
    public void Swap(string way)
    {
        switch (way)
        {
            case "rename":
                Replace(Library, _wrong, $"lib{Id}.so");
                break;
            case "rewrite":
                Rewrite(Library, File.ReadAllBytes(Path.Combine(_wrong, $"lib{Id}.so")));
                break;
            case "rename private":
                Replace(Path.Combine(Version, Private), _wrong, Private);
                break;
            case "rewrite private":
                Rewrite(Path.Combine(Version, Private), File.ReadAllBytes(Path.Combine(_wrong, Private)));
                break;
            case "truncate":
                Rewrite(Library, File.ReadAllBytes(Library)[..4096]);
                break;
            case "manifest":
                Rewrite(Path.ChangeExtension(Library, ".plugin.json"), ManifestOf("1.0.0", "private/libnp_swapper.so"));
                break;
            case "directory":
                Directory.Move(Version, Aside);
                Directory.Move(_wrong, Version);
                break;
            case "private directory":
                Directory.Move(Path.Combine(Version, "private"), Aside);
                Directory.CreateSymbolicLink(Path.Combine(Version, "private"), Path.Combine(_wrong, "private"));
                break;
            case "link":
                Relink(_wrong);
                break;
            case "link to library":
                File.Delete(Library);
                File.CreateSymbolicLink(Library, Path.Combine(_wrong, $"lib{Id}.so"));
                break;
            default:
                File.Delete(Library);
                break;
        }
    }

    /// <summary>Puts the plugin in its place again.</summary>
    public void SwapBack(string way)
    {
        switch (way)
        {
            case "directory":
                Directory.Move(Version, _wrong);
                Directory.Move(Aside, Version);
                break;
            case "private directory":
                File.Delete(Path.Combine(Version, "private"));
                Directory.Move(Aside, Path.Combine(Version, "private"));
                break;
            case "link":
                Relink($".store/versions/{Id}/1.0.0");
                break;
            default:
                Replace(Library, s_right.Value, $"lib{Id}.so");
                Replace(Path.Combine(Version, Private), s_right.Value, Private);
                Rewrite(Path.ChangeExtension(Library, ".plugin.json"), ManifestOf("1.0.0", Private));
                break;
        }
    }

    public void Dispose()
    {
        File.Delete(Marker);
        _scratch.Dispose();
    }

    /// <summary>One rename, which replaces what is there.</summary>
    private void Replace(string path, string folder, string name)
    {
        File.Copy(Path.Combine(folder, name), _scratch.PathOf("next"), overwrite: true);
        Rename(_scratch.PathOf("next"), path);
    }

    private static void Rewrite(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Write(bytes);
        file.SetLength(bytes.Length);
    }

    private void Relink(string target)
    {
        string next = Path.Combine(Plugins, "next");
        File.CreateSymbolicLink(next, target);
        Rename(next, Link);
    }

    // .NET's own moves look at what a link leads to, and do not replace one.
    private static void Rename(string from, string to) => Assert.Equal(0, rename(from, to));

    private void Pack(string folder)
    {
        var content = new PluginPackageContent { Authors = "Tests", License = "MIT" };
        content.Folders.Add(folder);
        PluginPackageWriter.Write(content, Feed);
    }

    private static byte[] ManifestOf(string version, string file)
    {
        using var json = new MemoryStream();
        new PluginManifest
        {
            Id = Id, Name = $"Fixture {Id}", Version = version, Abi = "1.0", Services = ["np.command/1"], Language = "C", Runtime = PluginRuntime.None,
            Rid = PluginPackage.CurrentSystem, Library = $"lib{Id}.so", Files = [file],
        }.WriteTo(json);
        return json.ToArray();
    }

    /// <summary>Compiles the plugin, which prints the number that its private library knows.</summary>
    private static string Compile(string folder, int value, string? marker, string version = "1.0.0")
    {
        Directory.CreateDirectory(Path.Combine(folder, "private"));
        string constructor = marker is null ? "" : $$"""
            #include <fcntl.h>
            #include <unistd.h>
            __attribute__((constructor)) static void leave_marker(void) { (void)close(open("{{marker}}", O_CREAT | O_WRONLY, 0600)); }
            """;
        string source = Path.Combine(folder, "private.c");
        File.WriteAllText(source, $"{constructor}\nint np_swapped_value(void) {{ return {value}; }}\n");
        Tool.Run("cc", "-shared", "-fPIC", "-Wl,-soname,libnp_swapped.so", "-o", Path.Combine(folder, Private), source);
        File.Delete(source);
        Resize(Path.Combine(folder, Private));
        source = Path.Combine(folder, "swapped.c");
        File.WriteAllText(source, $$"""
            #include "native_plugins.h"
            {{constructor}}
            extern int np_swapped_value(void);
            static int32_t print(const np_sink *sink) {
                char text[2] = {(char)('0' + np_swapped_value()), '\n'};
                return sink->write(sink->context, text, 2);
            }
            #define ID "{{Id}}"
            #define VERSION "{{version}}"
            #define RUN return print(call->output);
            #include "fixture.h"
            """);
        Tool.Run(
            "cc", "-shared", "-fPIC", "-fvisibility=hidden", "-I", "abi", "-I", "tests/fixtures", "-o", Path.Combine(folder, $"lib{Id}.so"), source,
            Path.Combine(folder, Private), "-Wl,-rpath,$ORIGIN/private");
        File.Delete(source);
        Resize(Path.Combine(folder, $"lib{Id}.so"));
        File.WriteAllBytes(Path.Combine(folder, $"lib{Id}.plugin.json"), ManifestOf(version, Private));
        return folder;
    }

    /// <summary>All builds have one size, so that it does not tell them apart.</summary>
    private static void Resize(string library)
    {
        using FileStream file = File.OpenWrite(library);
        Assert.InRange(file.Length, 1, 1 << 16);
        file.SetLength(1 << 16);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string from, string to);
}
