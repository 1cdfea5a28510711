using NativePlugins.Binary.Files;
using NativePlugins.Host.Manifests;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Resolution;

namespace NativePlugins.Host.Staging;

/// <summary>Makes private copies of plugins, for one host. Thread-safe.</summary>
/// <param name="parent">The configured directory, or null for the system's.</param>
/// <param name="copied">Called after the bytes of each file have been copied, for tests.</param>
/// <param name="environment">If null, that of this process.</param>
internal sealed class StagingArea(string? parent, Action<string>? copied = null, ProcessEnvironment? environment = null) : IDisposable
{
    private readonly Lock _lock = new();
    private StagingSession? _session;
    private int _needed;
    private bool _isDisposed;

    /// <summary>Whether every plugin is copied, or only those whose bytes are known.</summary>
    public bool IsForAll { get; init; } = true;

    /// <summary>Copies a plugin's files, in their layout, and hashes them.</summary>
    /// <exception cref="PluginException">A file cannot be read or has changed meanwhile, or the copy cannot be made.</exception>
    /// <exception cref="ObjectDisposedException">The host is disposed, or was disposed meanwhile.</exception>
    public StagedPlugin Stage(ResolvedPlugin plugin, PluginManifest? manifest) =>
        Stage(plugin, known: null, _ => PluginContent.FilesOf(plugin.Path, manifest));

    /// <summary>The same for a plugin whose bytes are known. They are compared while they are copied; nothing else that is installed is read.</summary>
    /// <param name="plugin">Where it is installed.</param>
    /// <param name="known">The files of which it may consist.</param>
    /// <param name="readsManifest">Whether its manifest belongs to it, and what this lists.</param>
    /// <exception cref="PluginFileDiffersException">A file is another one.</exception>
    /// <inheritdoc cref="Stage(ResolvedPlugin, PluginManifest?)"/>
    public StagedPlugin Stage(ResolvedPlugin plugin, IReadOnlyList<PluginFileDigest> known, bool readsManifest) =>
        Stage(plugin, known, directory => KnownFiles(plugin, known, readsManifest, directory));

    private StagedPlugin Stage(ResolvedPlugin plugin, IReadOnlyList<PluginFileDigest>? known, Func<string, IEnumerable<string>> files)
    {
        StagingSession session = Begin();
        try
        {
            string directory = session.CreateDirectoryFor(plugin.Stem);
            return Stage(directory, plugin, files(directory), known);
        }
        catch
        {
            End();
            throw;
        }
    }

    /// <summary>
    /// Removes the copies. A copy that is being made is not finished; one that is about to be mapped stays until it is mapped. The last of
    /// these to end removes them all.
    /// </summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            DisposeIfUnused();
        }
    }

    private StagedPlugin Stage(string directory, ResolvedPlugin plugin, IEnumerable<string> names, IReadOnlyList<PluginFileDigest>? known)
    {
        try
        {
            var files = new List<StagedFile>();
            foreach (string name in names)
            {
                string source = Path.Combine(plugin.Directory, name), copy = Path.Combine(directory, name.Replace('/', Path.DirectorySeparatorChar));
                HostSystem.Current.CreatePrivateDirectory(Path.GetDirectoryName(copy)!);
                var copying = new FileCopy(source, copy, copied);
                string hash = known is null ? copying.Make() : copying.Make(known.FirstOrDefault(file => file.Path == name));
                files.Add(new StagedFile(name, copy, hash));
            }

            RequireNotDisposed();
            return new StagedPlugin(directory, files, End);
        }
        catch (Exception e)
        {
            ProcessDirectory.TryDelete(directory);
            if (e is IOException or UnauthorizedAccessException)
            {
                throw StagingFailures.From(directory, e);
            }

            throw;
        }
    }

    private StagingSession Begin()
    {
        lock (_lock)
        {
            ThrowIfDisposed();
            _session ??= StagingSession.Open(parent, environment ?? ProcessEnvironment.Current);
            _needed++;
            return _session;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _needed--;
            DisposeIfUnused();
        }
    }

    private void DisposeIfUnused()
    {
        if (_isDisposed && _needed == 0)
        {
            _session?.Dispose();
            _session = null;
        }
    }

    private void RequireNotDisposed()
    {
        lock (_lock)
        {
            ThrowIfDisposed();
        }
    }

    private void ThrowIfDisposed()
    {
        if (_isDisposed)
        {
            throw Disposed();
        }
    }

    /// <summary>Has the class name that the application knows.</summary>
    private static ObjectDisposedException Disposed() => new("PluginHost");

    /// <summary>The library, then its manifest and the files that this lists. The manifest is read from its copy, which has been compared.</summary>
    private static IEnumerable<string> KnownFiles(ResolvedPlugin plugin, IReadOnlyList<PluginFileDigest> known, bool readsManifest, string directory)
    {
        string manifest = PluginManifest.PathFor(plugin.Path), name = Path.GetFileName(manifest);
        yield return Path.GetFileName(plugin.Path);

        // One that was added is refused, and not passed over.
        if (readsManifest && (known.Any(file => file.Path == name) || FileSystem.Current.GetStatus(manifest, followLinks: false, out _).IsNone))
        {
            yield return name;
            foreach (string file in PluginContent.FilesOf(plugin.Path, ManifestReader.Read(Path.Combine(directory, name), manifest)).Skip(2))
            {
                yield return file;
            }
        }
    }
}
