namespace NativePlugins.Distribution.Tests;

/// <summary>A private directory that is deleted with its content.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("native-plugins-distribution-").FullName;

    public string this[params ReadOnlySpan<string> parts] => System.IO.Path.Join([Path, .. parts]);

    /// <summary>Every file, directory and link below, with its content, size or target.</summary>
    public string[] Snapshot() => [.. Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories)
        .Where(entry => System.IO.Path.GetFileName(entry) != "lock").Select(entry => Describe(new FileInfo(entry))).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Describe(FileInfo entry)
    {
        string name = System.IO.Path.GetRelativePath(Path, entry.FullName);
        return entry.LinkTarget is { } target ? $"{name} -> {target}"
            : entry.Exists ? $"{name} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(entry.FullName)))}" : $"{name}/";
    }
}
