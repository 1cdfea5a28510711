namespace NativePlugins.Host;

/// <summary>
/// The libraries that plugins brought with them, over all hosts of the process. The system's loader uses a library that
/// is loaded for every other that asks for its SONAME, or on Windows for its file name, whatever file that one brought.
/// </summary>
internal static class PrivateLibraries
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, BroughtLibrary> s_byName = new(HostSystem.Current.Paths);

    /// <summary>Refuses a plugin of which a library would silently be another one's; else remembers what it brings.</summary>
    /// <param name="tree">What it needs, and where that lies.</param>
    /// <param name="staged">The copy that it lies in, of whose files the hashes are known; null if there is none.</param>
    /// <exception cref="PluginDependencyConflictException">Other bytes are loaded under the name.</exception>
    public static void Claim(DependencyTree tree, BinaryImage library, StagedPlugin? staged)
    {
        var needed = new Dictionary<string, BroughtLibrary>(HostSystem.Current.Paths);
        foreach (NeededLibrary each in tree.Needed)
        {
            LibraryLocation? brought = each.Location?.Instead ?? each.Location;
            if (brought is { IsPrivate: true, Image: { } image } && !each.Name.Contains('/', StringComparison.Ordinal))
            {
                string path = Path.GetFullPath(image.Path);
                string? hash = staged?.Files.Where(file => file.Path == path).Select(file => file.Hash).FirstOrDefault();
                needed.TryAdd(each.Name, new BroughtLibrary(image.Path, image.Status, hash));
            }
        }

        Claim(needed, library);
    }

    /// <inheritdoc cref="Claim(DependencyTree, BinaryImage, StagedPlugin?)"/>
    public static void Claim(StagedPlugin staged, BinaryImage library)
    {
        if (library.Format != BinaryFormat.MachO && staged.Files.Count > 1)
        {
            Claim(FindNeeded(staged, library), library);
        }
    }

    private static void Claim(Dictionary<string, BroughtLibrary> needed, BinaryImage library)
    {
        if (needed.Count == 0)
        {
            return;
        }

        lock (s_lock)
        {
            foreach ((string name, BroughtLibrary brought) in needed)
            {
                if (HostSystem.Current.IsLibraryLoaded(name) && FindLoaded(name) is var loaded && loaded?.HasBytesOf(brought) != true)
                {
                    throw Conflict(library.Path, brought.Path, name, loaded?.Path);
                }
            }

            foreach ((string name, BroughtLibrary brought) in needed)
            {
                // The loaded one stays the one that is used.
                if (!s_byName.ContainsKey(name) || !HostSystem.Current.IsLibraryLoaded(name))
                {
                    s_byName[name] = brought;
                }
            }
        }
    }

    /// <summary>What the library and its private libraries need of these, by the name under which they ask for it.</summary>
    private static Dictionary<string, BroughtLibrary> FindNeeded(StagedPlugin staged, BinaryImage library)
    {
        Dictionary<string, (StagedFile File, BinaryImage Image)> brought = Read(staged);
        var needed = new Dictionary<string, BroughtLibrary>(HostSystem.Current.Paths);
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
        var brought = new Dictionary<string, (StagedFile, BinaryImage)>(HostSystem.Current.Paths);
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

    /// <summary>The loaded library of that name; null is in doubt, and differs from any.</summary>
    private static BroughtLibrary? FindLoaded(string name)
    {
        if (s_byName.TryGetValue(name, out BroughtLibrary? known))
        {
            return known;
        }

        // Not one that a plugin brought.
        string? path = HostSystem.Current.FindLoadedLibrary(name)
            ?? (LoadedLibraries.Read(TryRead).TryGetValue(name, out BinaryImage? image) ? image.Path : null);
        return path is not null && HostSystem.Current.GetStatus(path, followLinks: true, out FileStatus status).IsNone
            ? new BroughtLibrary(path, status, hash: null)
            : null;
    }

    /// <summary>Null for data, which is no library.</summary>
    private static BinaryImage? TryRead(string path)
    {
        try
        {
            using BinaryFile file = BinaryFile.Open(path, HostSystem.Current);
            return Preflight.Read(file, requireTarget: null, isPlugin: false);
        }
        catch (PluginException)
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
}
