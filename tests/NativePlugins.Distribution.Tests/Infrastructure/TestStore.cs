using NativePlugins.Distribution.Store;

namespace NativePlugins.Distribution.Tests;

/// <summary>A directory of plugins beside a feed with versions 1.0.0 and 2.0.0 of one.</summary>
internal sealed class TestStore : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public TestStore()
    {
        new TestPackage(version: "1.0.0").WriteTo(Feed);
        new TestPackage(version: "2.0.0").WriteTo(Feed);
    }

    /// <summary>A copy of another one, as it is now.</summary>
    public TestStore(TestStore template) => Copy(template._folder.Path, _folder.Path);

    public string Root => _folder["plugins"];

    public string Feed => _folder["feed"];

    public FolderSource Source => new(Feed);

    /// <summary>The one trust policy. There is none yet.</summary>
    public string TrustFile => _folder["trust.json"];

    public string this[params ReadOnlySpan<string> parts] => System.IO.Path.Join([Root, .. parts]);

    public PluginStore Open(StoreFiles? files = null) => new(Root, new PluginStoreOptions { Patience = TimeSpan.Zero, TrustFiles = [TrustFile] }, files ?? new UnflushedFiles());

    public Task<InstalledPlugin> Install(string version, StoreFiles? files = null, string id = TestPackage.DefaultId) =>
        Open(files).InstallAsync(id, PluginVersionRange.Parse($"= {version}"), [Source], CancellationToken.None);

    public string? Installed => Open().List().SingleOrDefault(plugin => plugin.Id == TestPackage.DefaultId)?.Version;

    /// <summary>What a host finds: the version, if each of its files is of that version; null if there is no plugin. Anything else throws.</summary>
    public string? Read()
    {
        // As a host does: the link is followed once, and everything else is read where it led.
        if (new FileInfo(this[TestPackage.DefaultId]).LinkTarget is not { } target)
        {
            return null;
        }

        string directory = Path.Combine(Root, target), library = Path.Combine(directory, $"lib{TestPackage.DefaultId}.so");
        Assert.Equal(TestLibrary.Plugin, File.ReadAllBytes(library));
        string version = PluginManifest.ReadFor(library)!.Version;
        Assert.Equal(version, File.ReadAllText(Path.Combine(directory, "data", "version.txt")));
        return version;
    }

    /// <summary>Has the link of the plugin lead to another place.</summary>
    public void Relink(string target, bool inStore = true)
    {
        File.Delete(this[TestPackage.DefaultId]);
        File.CreateSymbolicLink(this[TestPackage.DefaultId], inStore ? $".store/versions/{TestPackage.DefaultId}/{target}" : target);
    }

    /// <summary>Everything below the directory of plugins that belongs to no installed version, but the lock of processes.</summary>
    public IEnumerable<string> Leftovers()
    {
        string[] kept = [.. Open().List().SelectMany(plugin => new[] { plugin.Version, plugin.PreviousVersion }.OfType<string>().Select(version => $".store/versions/{plugin.Id}/{version}/")),
            .. Open().List().Select(plugin => plugin.Id + "/"), "plugins.lock.json", ".store/lock"];
        return Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !kept.Any(start => path.StartsWith(start, StringComparison.Ordinal)));
    }

    /// <summary>The next change, which changes nothing but what it puts in order.</summary>
    public Task PutInOrder() => Assert.ThrowsAsync<PluginNotInstalledException>(() => Open().RemoveAsync("nothing", CancellationToken.None));

    public void Dispose() => _folder.Dispose();

    private static void Copy(string from, string to)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            string copy = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } target)
            {
                File.CreateSymbolicLink(copy, target);
            }
            else if (entry is FileInfo file)
            {
                file.CopyTo(copy);
            }
            else
            {
                Copy(entry.FullName, Directory.CreateDirectory(copy).FullName);
            }
        }
    }
}
