using NativePlugins.Binary.Files;
using NativePlugins.Distribution.Packages;

namespace NativePlugins.Distribution.Store;

/// <summary>
/// Changes a store, of which this process has the turn. The lock file is the truth, and one rename of it is the moment of each change:
/// what it names is complete before, and what it does not name is removed after. A process that is killed leaves something for
/// <see cref="Recover"/>, which the next command calls first, and nothing that a reader would see half.
/// </summary>
internal sealed class StoreWriter(StoreLayout layout, StoreFiles files)
{
    /// <summary>Finishes what a process that was killed has begun: leads every link to the version that the lock file names, and clears up.</summary>
    /// <returns>The lock file.</returns>
    /// <exception cref="PluginLockFileException">It cannot be used, or it is gone while plugins are installed.</exception>
    public LockFile Recover()
    {
        ClearStaging();
        LockFile locked = LockFile.Read(layout.LockFile) ?? RequireNothingLinked();
        foreach (LockedPlugin plugin in locked.Plugins)
        {
            if (layout.LinkedVersion(plugin.Id) != plugin.Current.Version && Directory.Exists(layout.Version(plugin.Id, plugin.Current.Version)))
            {
                RequireLinkable(plugin.Id);
                SwitchLink(StageLink(plugin), plugin.Id);
            }
        }

        RemoveUnnamed(locked);
        return locked;
    }

    /// <summary>A new directory in which something is made.</summary>
    public string CreateStaging(string name)
    {
        string path = Path.Combine(layout.Staging, name);
        files.CreateDirectory(path);
        return path;
    }

    /// <summary>
    /// The place for a version, made of a staged directory. If one stands there, a reader finds none between two renames; if the second fails,
    /// <see cref="ClearStaging"/> undoes the first.
    /// </summary>
    public void Place(string staged, string id, string version)
    {
        files.CreateDirectory(layout.Versions(id));
        if (Directory.Exists(layout.Version(id, version)))
        {
            string replaced = Path.Combine(layout.Replaced, id);
            files.CreateDirectory(replaced);
            files.Rename(layout.Version(id, version), Path.Combine(replaced, version));
        }

        files.Rename(staged, layout.Version(id, version));
    }

    /// <summary>Makes the change: all that <paramref name="after"/> names is in its place. If it fails, what was installed before is installed.</summary>
    /// <param name="before">What is installed now.</param>
    /// <param name="after">What shall be installed.</param>
    /// <param name="id">The plugin whose entry changes.</param>
    /// <exception cref="PluginStoreConflictException">Something else has the name of the plugin.</exception>
    public void Commit(LockFile before, LockFile after, string id)
    {
        RequireLinkable(id);
        string? undo = File.Exists(layout.LockFile) ? StageLock("before", before) : null;
        string redo = StageLock("after", after);
        string? link = after.Find(id) is { } plugin ? StageLink(plugin) : null;
        try
        {
            files.Rename(redo, layout.LockFile);
            SwitchLink(link, id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            UndoLock(undo);
            throw;
        }

        TryClearUp(after);
    }

    /// <summary>Removes what is being made, after a version whose place is still empty has been put back there.</summary>
    public void ClearStaging()
    {
        foreach (string replaced in Subdirectories(layout.Replaced).SelectMany(Subdirectories))
        {
            string place = layout.Version(Path.GetFileName(Path.GetDirectoryName(replaced)!), Path.GetFileName(replaced));
            if (!Directory.Exists(place))
            {
                files.Rename(replaced, place);
            }
        }

        files.DeleteDirectory(layout.Staging);
    }

    /// <exception cref="PluginStoreConflictException">Something else has the name of the plugin.</exception>
    public void RequireLinkable(string id)
    {
        bool isThere = FileSystem.Current.GetStatus(layout.Link(id), followLinks: false, out _).IsNone;
        if (isThere && layout.LinkedVersion(id) is null)
        {
            throw StoreFailures.InTheWay(layout.Link(id));
        }
    }

    /// <summary>Without a lock file either nothing was ever installed, or somebody has taken it away: what serves must not be removed for that.</summary>
    private LockFile RequireNothingLinked()
    {
        string[] linked = [.. Subdirectories(layout.AllVersions).Select(Path.GetFileName).OfType<string>().Where(id => layout.LinkedVersion(id) is not null).Order(StringComparer.Ordinal)];
        return linked.Length == 0 ? LockFile.Empty : throw StoreFailures.NoLockFile(layout.LockFile, linked);
    }

    /// <summary>Puts back what was the lock file before; null if there was none.</summary>
    private void UndoLock(string? before)
    {
        if (before is null)
        {
            files.DeleteFile(layout.LockFile);
        }
        else
        {
            files.Rename(before, layout.LockFile);
        }
    }

    private string StageLock(string name, LockFile file)
    {
        string staged = Path.Combine(CreateStaging(name), PackageId.LockFileName);
        using Stream stream = files.Create(staged);
        stream.Write(file.ToJson());
        return staged;
    }

    private string StageLink(LockedPlugin plugin)
    {
        string staged = Path.Combine(CreateStaging("link"), plugin.Id);
        files.DeleteFile(staged);
        files.CreateLink(staged, StoreLayout.Target(plugin.Id, plugin.Current.Version));
        return staged;
    }

    /// <summary>Puts a link in the plugin's place, or none.</summary>
    private void SwitchLink(string? staged, string id)
    {
        if (staged is not null)
        {
            files.Rename(staged, layout.Link(id));
        }
        else if (layout.LinkedVersion(id) is not null)
        {
            files.DeleteFile(layout.Link(id));
        }
    }

    /// <summary>The change is made. What could not be removed is removed by the next one.</summary>
    private void TryClearUp(LockFile locked)
    {
        try
        {
            RemoveUnnamed(locked);
            ClearStaging();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Links before versions, so that no link leads nowhere.</summary>
    private void RemoveUnnamed(LockFile locked)
    {
        foreach (string versions in Subdirectories(layout.AllVersions))
        {
            string id = Path.GetFileName(versions);
            LockedPlugin? plugin = locked.Find(id);
            string? linked = layout.LinkedVersion(id);
            if (plugin is null)
            {
                RemovePlugin(id, linked is not null);
                continue;
            }

            // A lock file from elsewhere may name what is not here yet. Then what serves now stays.
            foreach (string version in Subdirectories(versions))
            {
                string name = Path.GetFileName(version);
                if (name != linked && !plugin.Versions.Any(named => named.Version == name))
                {
                    files.DeleteDirectory(version);
                }
            }
        }
    }

    private void RemovePlugin(string id, bool isLinked)
    {
        if (isLinked)
        {
            files.DeleteFile(layout.Link(id));
        }

        files.DeleteDirectory(layout.Versions(id));
    }

    private static string[] Subdirectories(string path) => Directory.Exists(path) ? Directory.GetDirectories(path) : [];
}
