using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Staging;

/// <summary>One file of a staged plugin.</summary>
/// <param name="Name">Relative to the plugin's directory, with <c>/</c> as separator.</param>
/// <param name="Path">The copy's absolute path.</param>
/// <param name="Hash">The copy's SHA-256, in hexadecimal.</param>
internal readonly record struct StagedFile(string Name, string Path, string Hash);

/// <summary>A private copy of a plugin's library, its manifest and the files that the manifest lists.</summary>
/// <param name="directory">The directory that holds the copy and nothing else.</param>
/// <param name="files">The library first.</param>
/// <param name="unneeded">Called once, when no caller is about to map the copy any more.</param>
internal sealed class StagedPlugin(string directory, IReadOnlyList<StagedFile> files, Action? unneeded = null) : IDisposable
{
    private Action? _unneeded = unneeded;

    /// <summary>The library first.</summary>
    public IReadOnlyList<StagedFile> Files { get; } = files;

    public string LibraryPath => Files[0].Path;

    /// <summary>The hash of all files with their names.</summary>
    public string ContentHash { get; } = PluginContent.Combine(files.Select(file => (file.Name, file.Hash)));

    /// <summary>The copy is mapped: its files may be removed now.</summary>
    public void Mapped() => Interlocked.Exchange(ref _unneeded, null)?.Invoke();

    /// <summary>Removes the copy. A mapping of it stays. A file that the system does not release stays for the sweep.</summary>
    public void Dispose()
    {
        ProcessDirectory.TryDelete(directory);
        Mapped();
    }
}
