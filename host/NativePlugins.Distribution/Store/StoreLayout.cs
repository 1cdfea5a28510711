using NativePlugins.Distribution.Packages;

namespace NativePlugins.Distribution.Store;

/// <summary>Where things are in a directory of plugins. A host finds <c>hello_world/libhello_world.so</c> there, through the link.</summary>
/// <remarks>
/// <code>
/// plugins.lock.json                      what is installed: the one truth, replaced by one rename
/// hello_world -> .store/versions/hello_world/1.1.0
/// .store/versions/hello_world/1.0.0/     the version before, for a way back
/// .store/versions/hello_world/1.1.0/
/// .store/.staging/                       what is being made; emptied by the next change
/// .store/lock                            held by who changes something
/// </code>
/// </remarks>
/// <param name="Root">The directory of plugins, absolute.</param>
internal sealed record StoreLayout(string Root)
{
    private const string StoreName = ".store";

    public string LockFile => Path.Combine(Root, PackageId.LockFileName);

    public string Store => Path.Combine(Root, StoreName);

    public string Staging => Path.Combine(Store, ".staging");

    /// <summary>Versions in whose place another of the same name is put, by their ids.</summary>
    public string Replaced => Path.Combine(Staging, "replaced");

    public string Mutex => Path.Combine(Store, "lock");

    public string Link(string id) => Path.Combine(Root, id);

    public string Versions(string id) => Path.Combine(Store, "versions", id);

    public string AllVersions => Path.Combine(Store, "versions");

    public string Version(string id, string version) => Path.Combine(Versions(id), version);

    /// <summary>What the link holds: relative, so that the directory can be moved.</summary>
    public static string Target(string id, string version) => $"{StoreName}/versions/{id}/{version}";

    /// <summary>The version that a link leads to, if it is one of ours; null if it is another link, something else, or nothing.</summary>
    public string? LinkedVersion(string id) =>
        new FileInfo(Link(id)).LinkTarget is { } target && target.StartsWith(Target(id, ""), StringComparison.Ordinal)
            ? target[Target(id, "").Length..]
            : null;
}
