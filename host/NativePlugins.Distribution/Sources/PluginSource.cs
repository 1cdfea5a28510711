namespace NativePlugins.Distribution;

/// <summary>Where packages come from. What it gives is taken as the work of an enemy. Implementations must be thread-safe.</summary>
public abstract class PluginSource
{
    /// <summary>What the lock file calls it: a path or an address.</summary>
    public abstract string Name { get; }

    /// <summary>The versions of a plugin that it has, in any order; none if it does not know the plugin.</summary>
    /// <param name="id">A valid id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="IOException">It cannot be read. <see cref="PluginStore"/> throws <see cref="PackageSourceException"/> then.</exception>
    public abstract ValueTask<IReadOnlyList<string>> FindVersionsAsync(string id, CancellationToken cancellationToken);

    /// <summary>Opens a package for one reading from its start. The caller disposes of the stream.</summary>
    /// <param name="id">A valid id.</param>
    /// <param name="version">One of the versions that were found.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="IOException">It cannot be read, or later not to its end. <see cref="PluginStore"/> throws <see cref="PackageSourceException"/> then.</exception>
    public abstract ValueTask<Stream> OpenAsync(string id, string version, CancellationToken cancellationToken);
}
