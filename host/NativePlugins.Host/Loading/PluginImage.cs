namespace NativePlugins.Host.Loading;

/// <summary>
/// A plugin's code in this process: a mapped library, or in development a managed assembly. Closing it gives it up only if it is certain that
/// nothing of it still runs.
/// </summary>
internal abstract class PluginImage(string path, nint entry)
{
    /// <summary>The file that it comes from.</summary>
    public string Path { get; } = path;

    /// <summary>The address of the entry.</summary>
    public nint Entry { get; } = entry;

    /// <summary>Whether it must stay.</summary>
    public bool IsPinned { get; private set; } = true;

    /// <summary>Allows <see cref="Close"/> to give it up: the plugin has said that this is allowed.</summary>
    public void Unpin() => IsPinned = false;

    /// <summary>Forbids it again, for good: code of it may still be running.</summary>
    public void Pin() => IsPinned = true;

    /// <summary>Its code is that of this plugin, as far as is known by now. Said of it if it ends the process.</summary>
    public virtual void Name(string plugin)
    {
    }

    /// <summary>
    /// Gives it up if that is allowed, and says what became of it. If it is allowed, the caller needs a turn in the
    /// <see cref="Threads.LoaderLock"/>.
    /// </summary>
    public abstract PluginRetiredImage Close();
}
