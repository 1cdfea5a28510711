namespace NativePlugins.Host;

/// <summary>
/// The libraries that plugins brought with them, over all hosts of the process. The system's loader uses a library that
/// is loaded for every other that asks for its SONAME, or on Windows for its file name, whatever file that one brought.
/// </summary>
internal static class PrivateLibraries
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, Brought> s_byName = new(HostSystem.Current.Paths);

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

    /// <summary>Whether it brings anything of which another one could be loaded in its place.</summary>
    public static bool MayConflict(StagedPlugin staged, BinaryImage library) => library.Format != BinaryFormat.MachO && staged.Files.Count > 1;

    /// <summary>
    /// Refuses a plugin of which a library would silently be another one's; else remembers what it brings, until
    /// <see cref="Release"/>. With a turn in the <see cref="LoaderLock"/>.
    /// </summary>
    /// <exception cref="PluginDependencyConflictException">Other bytes are loaded under the name.</exception>
    public static void Claim(StagedPlugin staged, BinaryImage library)
    {
        Dictionary<string, StagedFile> needed = FindNeeded(staged, library);
        foreach ((string name, StagedFile file) in needed)
        {
            // The loader is asked outside of the lock: it may be held.
            if (FindUsed(name) is string used ? used != file.Hash : HostSystem.Current.IsLibraryLoaded(name) && LoadedHash(name) != file.Hash)
            {
                throw Conflict(library.Path, file.Name, name);
            }
        }

        lock (s_lock)
        {
            foreach ((string name, StagedFile file) in needed)
            {
                if (!s_byName.TryGetValue(name, out Brought? brought) || brought.Hash != file.Hash)
                {
                    // One that was remembered with other bytes is not loaded any more, or the claim had been refused.
                    s_byName[name] = brought = new Brought(file.Hash);
                }

                brought.Users.Add(staged);
            }
        }
    }

    /// <summary>
    /// The plugin is gone. What it has brought is remembered for as long as it stays loaded: its file is deleted, and says
    /// nothing any more.
    /// </summary>
    /// <param name="staged">Which; null and one that has claimed nothing are no mistakes.</param>
    /// <param name="wasMapped">If so, with a turn in the <see cref="LoaderLock"/>.</param>
    public static void Release(StagedPlugin? staged, bool wasMapped)
    {
        if (staged is null)
        {
            return;
        }

        string[] names;
        lock (s_lock)
        {
            names = [.. s_byName.Where(item => item.Value.Users.Contains(staged)).Select(item => item.Key)];
        }

        foreach (string name in names)
        {
            bool isLeft = wasMapped && HostSystem.Current.IsLibraryLoaded(name);
            lock (s_lock)
            {
                Brought brought = s_byName[name];
                brought.Users.Remove(staged);
                brought.IsLeft = wasMapped ? isLeft : brought.IsLeft;
                if (brought.Users.Count == 0 && !brought.IsLeft)
                {
                    s_byName.Remove(name);
                }
            }
        }
    }

    /// <summary>The bytes that a plugin which is mapped, or about to be, has brought under that name; null if there is none.</summary>
    private static string? FindUsed(string name)
    {
        lock (s_lock)
        {
            return s_byName.TryGetValue(name, out Brought? brought) && brought.Users.Count > 0 ? brought.Hash : null;
        }
    }

    /// <summary>What the library and its private libraries need of these, by the name under which they ask for it.</summary>
    private static Dictionary<string, StagedFile> FindNeeded(StagedPlugin staged, BinaryImage library)
    {
        Dictionary<string, (StagedFile File, BinaryImage Image)> brought = Read(staged);
        var needed = new Dictionary<string, StagedFile>(HostSystem.Current.Paths);
        var pending = new Queue<string>(library.Needed);
        while (pending.TryDequeue(out string? name))
        {
            if (brought.TryGetValue(name, out (StagedFile File, BinaryImage Image) found) && needed.TryAdd(name, found.File))
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
            try
            {
                BinaryImage image = Preflight.Read(file.Path, HostSystem.Current);
                brought.TryAdd(image.Soname ?? Path.GetFileName(file.Path), (file, image));
                brought.TryAdd(Path.GetFileName(file.Path), (file, image));
            }
            catch (PluginException)
            {
                // Data, not a library.
            }
        }

        return brought;
    }

    /// <summary>What is known of the loaded library of that name; null is in doubt, and differs from any.</summary>
    private static string? LoadedHash(string name)
    {
        lock (s_lock)
        {
            if (s_byName.TryGetValue(name, out Brought? brought))
            {
                return brought.Hash;
            }
        }

        // Not one that was staged.
        string? path = HostSystem.Current.FindLoadedLibrary(name)
            ?? (LoadedLibraries.Read(TryRead).TryGetValue(name, out BinaryImage? image) ? image.Path : null);
        if (path is null)
        {
            return null;
        }

        using BinaryFile file = BinaryFile.Open(path, HostSystem.Current);
        return file.ComputeSha256();
    }

    private static BinaryImage? TryRead(string path)
    {
        try
        {
            return Preflight.Read(path, HostSystem.Current);
        }
        catch (PluginException)
        {
            return null;
        }
    }

    private static PluginDependencyConflictException Conflict(string library, string file, string name) =>
        new(new PluginFailure(
            $"{UntrustedText.Quote(Path.GetFileName(library))} brings {UntrustedText.Quote(file)}, and another library of its name is loaded")
        {
            Expected = $"the loaded library {UntrustedText.Quote(name)} to be the one that the plugin brings, or none to be loaded",
            Found = "a loaded library with other bytes",
        });

    /// <summary>A library of that name that plugins have brought.</summary>
    private sealed class Brought(string hash)
    {
        public string Hash { get; } = hash;

        public HashSet<StagedPlugin> Users { get; } = [];

        /// <summary>It was loaded still when the last of its users was closed.</summary>
        public bool IsLeft { get; set; }
    }
}
