using NativePlugins.Binary.Files;

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
    public LockFile Recover()
    {
        files.DeleteDirectory(layout.Staging);
        LockFile? locked = LockFile.Read(layout.LockFile);
        if (locked is null)
        {
            // Either nothing was ever installed, or somebody has taken the file away, perhaps by mistake: what serves stays for now.
            RemoveUnnamed(LockFile.Empty, keepsLinked: true);
            return LockFile.Empty;
        }

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

    /// <summary>The place for a version, made of a staged directory. What stood there is not in use: the lock file does not name it.</summary>
    public void Place(string staged, string id, string version)
    {
        files.CreateDirectory(layout.Versions(id));
        files.DeleteDirectory(layout.Version(id, version));
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
        string undo = StageLock("before", before), redo = StageLock("after", after);
        string? link = after.Find(id) is { } plugin ? StageLink(plugin) : null;
        try
        {
            files.Rename(redo, layout.LockFile);
            SwitchLink(link, id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            files.Rename(undo, layout.LockFile);
            throw;
        }

        TryClearUp(after);
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

    private string StageLock(string name, LockFile file)
    {
        string staged = Path.Combine(CreateStaging(name), StoreLayout.LockFileName);
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
            files.DeleteDirectory(layout.Staging);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Links before versions, so that no link leads nowhere.</summary>
    private void RemoveUnnamed(LockFile locked, bool keepsLinked = false)
    {
        foreach (string versions in Subdirectories(layout.AllVersions))
        {
            string id = Path.GetFileName(versions);
            LockedPlugin? plugin = locked.Find(id);
            string? linked = layout.LinkedVersion(id);
            if (plugin is null)
            {
                RemovePlugin(id, linked is not null, keepsLinked);
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

    private void RemovePlugin(string id, bool isLinked, bool keepsLinked)
    {
        if (isLinked && keepsLinked)
        {
            return;
        }

        if (isLinked)
        {
            files.DeleteFile(layout.Link(id));
        }

        files.DeleteDirectory(layout.Versions(id));
    }

    private static string[] Subdirectories(string path) => Directory.Exists(path) ? Directory.GetDirectories(path) : [];
}
