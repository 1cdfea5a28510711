using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Staging;

/// <summary>One file of a staged plugin.</summary>
/// <param name="Name">Relative to the plugin's directory, separated by <c>/</c>.</param>
/// <param name="Path">The copy's absolute path.</param>
/// <param name="Hash">The copy's SHA-256, in hexadecimal.</param>
internal readonly record struct StagedFile(string Name, string Path, string Hash);

/// <summary>A private copy of a plugin's library, its manifest and the files that the manifest lists.</summary>
/// <param name="directory">Holds the copy and nothing else.</param>
/// <param name="files">The library first.</param>
/// <param name="unneeded">Called once, when nobody is about to map it any more.</param>
internal sealed class StagedPlugin(string directory, IReadOnlyList<StagedFile> files, Action? unneeded = null) : IDisposable
{
    private Action? _unneeded = unneeded;

    /// <summary>The library first.</summary>
    public IReadOnlyList<StagedFile> Files { get; } = files;

    public string LibraryPath => Files[0].Path;

    /// <summary>Of all files, with their names.</summary>
    public string ContentHash { get; } = PluginContent.Combine(files.Select(file => (file.Name, file.Hash)));

    /// <summary>It is mapped: the files may go now.</summary>
    public void Mapped() => Interlocked.Exchange(ref _unneeded, null)?.Invoke();

    /// <summary>Removes the copy. What is mapped stays mapped; what the system does not let go stays for the sweep.</summary>
    public void Dispose()
    {
        ProcessDirectory.TryDelete(directory);
        Mapped();
    }
}
