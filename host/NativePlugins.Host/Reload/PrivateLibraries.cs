namespace NativePlugins.Host;

/// <summary>
/// The libraries that plugins brought with them, over all hosts of the process. The system's loader uses a library that
/// is loaded for every other that asks for its SONAME, or on Windows for its file name, whatever file that one brought.
/// </summary>
internal static class PrivateLibraries
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, string> s_hashByName = new(HostSystem.Current.Paths);

    /// <summary>Refuses a plugin of which a library would silently be another one's; else remembers what it brings.</summary>
    /// <exception cref="PluginDependencyConflictException">Other bytes are loaded under the name.</exception>
    public static void Claim(StagedPlugin staged, BinaryImage library)
    {
        if (library.Format == BinaryFormat.MachO || staged.Files.Count == 1)
        {
            return;
        }

        lock (s_lock)
        {
            IReadOnlyDictionary<string, StagedFile> needed = FindNeeded(staged, library);
            foreach ((string name, StagedFile file) in needed)
            {
                if (HostSystem.Current.IsLibraryLoaded(name) && LoadedHash(name) is var loaded && loaded != file.Hash)
                {
                    throw Conflict(library.Path, file.Name, name);
                }
            }

            foreach ((string name, StagedFile file) in needed)
            {
                s_hashByName[name] = file.Hash;
            }
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
        if (s_hashByName.TryGetValue(name, out string? hash))
        {
            return hash;
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
}
