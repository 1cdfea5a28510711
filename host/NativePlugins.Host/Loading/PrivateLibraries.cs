using NativePlugins.Binary;
using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Loading;

/// <summary>
/// The libraries that plugins brought with them, over all hosts of the process. When the system's loader has loaded a library, it uses it
/// for every plugin that asks for its SONAME, or on Windows for its file name, whatever file that plugin brought.
/// </summary>
internal static class PrivateLibraries
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, Entry> s_byName = new(FileSystem.Current.PathComparer);

    /// <summary>How many names are remembered. For tests.</summary>
    internal static int Count
    {
        get
        {
            lock (s_lock)
            {
                return s_byName.Count;
            }
        }
    }

    /// <summary>The libraries that a plugin needs and brings itself, by the name under which it asks for each.</summary>
    /// <param name="tree">The libraries that it needs, and where they are.</param>
    /// <param name="staged">The copy in which they are, which knows the hashes of its files; null if there is none.</param>
    public static Dictionary<string, BroughtLibrary> Find(DependencyTree tree, StagedPlugin? staged)
    {
        var needed = new Dictionary<string, BroughtLibrary>(FileSystem.Current.PathComparer);
        foreach (NeededLibrary each in tree.Needed)
        {
            LibraryLocation? brought = each.Location?.Displaced ?? each.Location;
            if (brought is { IsPrivate: true, Image: { } image } && !each.Name.Contains('/', StringComparison.Ordinal))
            {
                string path = Path.GetFullPath(image.Path);
                string? hash = staged?.Files.Where(file => file.Path == path).Select(file => file.Hash).FirstOrDefault();
                needed.TryAdd(each.Name, new BroughtLibrary(image.Path, image.Status, hash));
            }
        }

        return needed;
    }

    /// <summary>The same for a system whose search is not followed: looks among the files of the copy. On macOS nothing is shared by name.</summary>
    public static Dictionary<string, BroughtLibrary> Find(BinaryImage library, StagedPlugin staged) =>
        library.Format != BinaryFormat.MachO && staged.Files.Count > 1 ? FindNeeded(staged, library) : [];

    /// <summary>
    /// Refuses a plugin if another plugin's library would silently be used in place of one of its own. Else remembers what it brings until
    /// <see cref="Release"/>. The caller has a turn in the <see cref="LoaderLock"/>.
    /// </summary>
    /// <exception cref="PluginDependencyConflictException">A library with other bytes is loaded under the name.</exception>
    public static void Claim(Dictionary<string, BroughtLibrary> needed, BinaryImage library)
    {
        var unloaded = new HashSet<string>(FileSystem.Current.PathComparer);
        foreach ((string name, BroughtLibrary brought) in needed)
        {
            // The loader is asked without the lock held, as another thread may hold the loader.
            BroughtLibrary? used = FindUsed(name);
            if (used is null && !HostSystem.Current.IsLibraryLoaded(name))
            {
                unloaded.Add(name);
            }
            else if ((used ?? FindLoaded(name)) is var loaded && loaded?.HasBytesOf(brought) != true)
            {
                throw Conflict(library.Path, brought.Path, name, loaded?.Path);
            }
        }

        lock (s_lock)
        {
            foreach ((string name, BroughtLibrary brought) in needed)
            {
                if (unloaded.Contains(name) || !s_byName.TryGetValue(name, out Entry? entry))
                {
                    s_byName[name] = entry = new Entry(brought);
                }

                entry.Users.Add(library.Path);
            }
        }
    }

    /// <summary>
    /// A plugin is gone. A library that it brought is remembered for as long as that stays loaded: the file of a copy is deleted, and can
    /// no longer be compared.
    /// </summary>
    /// <param name="path">The path of the plugin's library, as it was or would have been mapped. It may have claimed nothing.</param>
    /// <param name="wasMapped">Whether it was mapped. If so, the caller has a turn in the <see cref="LoaderLock"/>.</param>
    public static void Release(string path, bool wasMapped)
    {
        string[] names;
        lock (s_lock)
        {
            names = [.. s_byName.Where(item => item.Value.Users.Contains(path)).Select(item => item.Key)];
        }

        foreach (string name in names)
        {
            bool isLeft = wasMapped && HostSystem.Current.IsLibraryLoaded(name);
            lock (s_lock)
            {
                Entry entry = s_byName[name];
                entry.Users.Remove(path);
                entry.IsLeft = wasMapped ? isLeft : entry.IsLeft;
                if (entry.Users.Count == 0 && !entry.IsLeft)
                {
                    s_byName.Remove(name);
                }
            }
        }
    }

    /// <summary>The library of that name that was brought by a plugin which is mapped, or about to be; null if there is none.</summary>
    private static BroughtLibrary? FindUsed(string name)
    {
        lock (s_lock)
        {
            return s_byName.TryGetValue(name, out Entry? entry) && entry.Users.Count > 0 ? entry.Library : null;
        }
    }

    /// <summary>Those of the copy's files that the library and its private libraries need, by the name under which they ask for each.</summary>
    private static Dictionary<string, BroughtLibrary> FindNeeded(StagedPlugin staged, BinaryImage library)
    {
        Dictionary<string, (StagedFile File, BinaryImage Image)> brought = Read(staged);
        var needed = new Dictionary<string, BroughtLibrary>(FileSystem.Current.PathComparer);
        var pending = new Queue<string>(library.Needed);
        while (pending.TryDequeue(out string? name))
        {
            if (brought.TryGetValue(name, out (StagedFile File, BinaryImage Image) found)
                && needed.TryAdd(name, new BroughtLibrary(found.File.Path, found.Image.Status, found.File.Hash)))
            {
                foreach (string next in found.Image.Needed)
                {
                    pending.Enqueue(next);
                }
            }
        }

        return needed;
    }

    private static Dictionary<string, (StagedFile File, BinaryImage Image)> Read(StagedPlugin staged)
    {
        var brought = new Dictionary<string, (StagedFile, BinaryImage)>(FileSystem.Current.PathComparer);
        foreach (StagedFile file in staged.Files.Skip(1))
        {
            if (TryRead(file.Path) is { } image)
            {
                brought.TryAdd(image.Soname ?? Path.GetFileName(file.Path), (file, image));
                brought.TryAdd(Path.GetFileName(file.Path), (file, image));
            }
        }

        return brought;
    }

    /// <summary>The loaded library of that name. Null means that it is not known, and counts as different from every other.</summary>
    private static BroughtLibrary? FindLoaded(string name)
    {
        lock (s_lock)
        {
            if (s_byName.TryGetValue(name, out Entry? entry))
            {
                return entry.Library;
            }
        }

        // It is not one that a plugin brought.
        string? path = HostSystem.Current.FindLoadedLibrary(name)
            ?? (LoadedLibraries.Read(TryRead).TryGetValue(name, out BinaryImage? image) ? image.Path : null);
        return path is not null && FileSystem.Current.GetStatus(path, followLinks: true, out FileStatus status).IsNone
            ? new BroughtLibrary(path, status, hash: null)
            : null;
    }

    /// <summary>Null if the file is no library but data.</summary>
    private static BinaryImage? TryRead(string path)
    {
        try
        {
            using BinaryFile file = BinaryFile.Open(path, FileSystem.Current);
            return Preflight.Read(file, requireTarget: null, isDependency: true);
        }
        catch (BinaryException)
        {
            return null;
        }
    }

    private static PluginDependencyConflictException Conflict(string library, string brought, string name, string? loaded) =>
        new(new PluginFailure(
            $"{UntrustedText.Quote(Path.GetFileName(library))} brings {UntrustedText.Quote(Path.GetFileName(brought))}, and another library of its name is loaded")
        {
            Expected = $"the loaded library {UntrustedText.Quote(name)} to be the one that the plugin brings, {UntrustedText.Quote(brought)}, or none to be loaded",
            Found = "a loaded library with other bytes" + (loaded is null ? string.Empty : $", {UntrustedText.Quote(loaded)}"),
        });

    /// <summary>A library that plugins have brought, under its name.</summary>
    private sealed class Entry(BroughtLibrary library)
    {
        public BroughtLibrary Library { get; } = library;

        /// <summary>The libraries of the plugins that brought it, by path. A plugin that is mapped twice is listed twice.</summary>
        public List<string> Users { get; } = [];

        /// <summary>Whether it was still loaded when the last of its users was closed.</summary>
        public bool IsLeft { get; set; }
    }
}
