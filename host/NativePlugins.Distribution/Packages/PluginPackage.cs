using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Archives;
using NativePlugins.Distribution.Packages;
using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>
/// A plugin as it travels: a NuGet package with the plugin's files for one or several systems, and a statement of what is in it. Opening one
/// reads it as the work of an enemy: nothing is written, and no code of it runs. Thread-safe, except for <see cref="Dispose"/>.
/// </summary>
public sealed class PluginPackage : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly ArchiveFailures _failures;
    private readonly Dictionary<string, ZipEntry> _entries;
    private readonly SortedDictionary<string, PluginFolder> _folders = new(StringComparer.Ordinal);
    private readonly PackageStatement _statement;

    private PluginPackage(SafeFileHandle file, string path, PluginPackageLimits limits)
    {
        _file = file;
        _failures = new ArchiveFailures(path);
        _entries = ZipDirectory.Read(file, limits, _failures).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        _statement = ReadStatement();
        RequireStated();
        ReadFolders();
    }

    /// <summary>The runtime identifier of this process by which a package's folders are chosen, for example <c>linux-x64</c>.</summary>
    public static string CurrentSystem => RuntimeIds.Current;

    /// <summary>The plugin's id.</summary>
    public string Id => _statement.Id;

    /// <summary>The plugin's version.</summary>
    public string Version => _statement.Version;

    /// <summary>The runtime identifiers of the systems that it is for, in ordinal order; at least one.</summary>
    public IReadOnlyList<string> Systems => [.. _folders.Keys];

    /// <summary>Every file that it states, in the ordinal order of the paths. The statement itself is not among them.</summary>
    public IReadOnlyList<PluginPackageFile> Files => _statement.Files;

    /// <summary>Opens a package, and checks all of it but the digests of the larger files, which are checked when they are read.</summary>
    /// <param name="path">Absolute, or relative to the current directory.</param>
    /// <param name="limits">Default (null): <see cref="PluginPackageLimits.Default"/>.</param>
    /// <exception cref="PackageSourceException">It cannot be read.</exception>
    /// <exception cref="PackageMalformedException">It is not a plugin package.</exception>
    /// <exception cref="PackageEntryException">It holds a name or a kind of file that is not allowed.</exception>
    /// <exception cref="PackageLimitException">It exceeds a limit.</exception>
    /// <exception cref="PackageDigestException">A file in it is not the one that was packed.</exception>
    /// <exception cref="PackageContentException">Its parts do not agree.</exception>
    /// <exception cref="PluginManifestException">A manifest in it is not one.</exception>
    public static PluginPackage Open(string path, PluginPackageLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        FileError error = FileSystem.Current.OpenToRead(full, out SafeFileHandle? file, out FileStatus status);
        if (!error.IsNone || file is null)
        {
            throw new PackageSourceException(new PluginFailure($"the package {UntrustedText.Quote(full)} cannot be read")
            {
                Expected = "a regular file that can be read",
                Found = error.IsNone ? status.DescribeKind() : error.Describe(),
            });
        }

        try
        {
            return new PluginPackage(file, full, limits ?? PluginPackageLimits.Default);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What the plugin says of itself on a system.</summary>
    /// <param name="system">One of <see cref="Systems"/>.</param>
    /// <exception cref="PackageSystemException">The package has nothing for that system.</exception>
    public PluginManifest GetManifest(string system) => Folder(system).Manifest;

    /// <summary>The one of <see cref="Systems"/> that serves a system: itself, or on macOS a library for all its processors.</summary>
    /// <param name="system">A runtime identifier; null for <see cref="CurrentSystem"/>.</param>
    /// <exception cref="PackageSystemException">None does.</exception>
    public string FindSystem(string? system = null)
    {
        system ??= CurrentSystem;
        return RuntimeIds.Fallbacks(system).FirstOrDefault(_folders.ContainsKey) ?? throw NothingFor(system);
    }

    /// <summary>Reads every file, and compares it with the statement.</summary>
    /// <exception cref="PackageDigestException">One is not the one that was packed.</exception>
    public void Verify()
    {
        foreach (PluginPackageFile file in Files)
        {
            Unpack(file, Stream.Null);
        }
    }

    /// <summary>Unpacks the plugin's files for one system, checks each, and inspects the library. Links that are in the way are not followed.</summary>
    /// <param name="system">One of <see cref="Systems"/>.</param>
    /// <param name="directory">Does not exist yet, or is empty. If this throws, it may hold a part of the files.</param>
    /// <exception cref="PackageDigestException">A file is not the one that was packed.</exception>
    /// <exception cref="PackageContentException">The library would not load on that system.</exception>
    /// <exception cref="IOException">A file cannot be written, or is there already.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public void Extract(string system, string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        Directory.CreateDirectory(directory);
        Extract(system, directory, Directory.CreateDirectory, static path => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None));
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    internal IReadOnlyList<PluginPackageFile> FilesOf(string system) => Folder(system).Files;

    internal void Extract(string system, string directory, Func<string, object?> createDirectory, Func<string, Stream> create)
    {
        PluginFolder folder = Folder(system);
        foreach (PluginPackageFile file in folder.Files)
        {
            string target = Path.Combine(directory, file.Path.Replace('/', Path.DirectorySeparatorChar));
            createDirectory(Path.GetDirectoryName(target)!);
            using Stream stream = create(target);
            Unpack(file with { Path = PathIn(system, file.Path) }, stream);
        }

        LibraryCheck.Require(Path.Combine(directory, folder.Library), system, folder.Manifest, _failures);
    }

    private static string PathIn(string system, string file) => $"{PluginFolder.Root}{system}/{file}";

    private PackageStatement ReadStatement()
    {
        if (!_entries.TryGetValue(PackageStatement.FileName, out ZipEntry? entry) || entry.Size > PackageStatement.MaxSize)
        {
            throw _failures.Malformed($"{PackageStatement.FileName}, of at most {PackageStatement.MaxSize:N0} bytes", entry is null ? "none" : $"{entry.Size} bytes");
        }

        using var json = new MemoryStream();
        ZipReader.Unpack(_file, entry, json, _failures);
        return PackageStatement.Parse(json.GetBuffer().AsSpan(0, (int)json.Length), _failures);
    }

    /// <summary>The archive holds what the statement says, and nothing else.</summary>
    private void RequireStated()
    {
        int unstated = 1 + (_entries.ContainsKey(PackageStatement.FeedSignature) ? 1 : 0);
        foreach (PluginPackageFile file in Files)
        {
            if (file.Path is PackageStatement.FileName or PackageStatement.FeedSignature || !_entries.TryGetValue(file.Path, out ZipEntry? entry))
            {
                throw _failures.Malformed("the files of the statement", $"none of the name {UntrustedText.Quote(file.Path)}");
            }

            if (entry.Size != file.Size)
            {
                throw _failures.Damaged(file.Path, $"{file.Size:N0} bytes", $"{entry.Size:N0}");
            }
        }

        if (_entries.Count != Files.Count + unstated)
        {
            HashSet<string> stated = [PackageStatement.FileName, PackageStatement.FeedSignature, .. Files.Select(file => file.Path)];
            throw _failures.Malformed("the files of the statement and no others", UntrustedText.Quote(_entries.Keys.First(name => !stated.Contains(name))));
        }
    }

    private void ReadFolders()
    {
        foreach (IGrouping<string, PluginPackageFile> group in Files
            .Where(file => file.Path.StartsWith(PluginFolder.Root, StringComparison.Ordinal))
            .GroupBy(file => file.Path.Split('/')[1], StringComparer.Ordinal))
        {
            string rid = group.Key, start = PathIn(rid, "");
            if (group.Any(file => file.Path.Length <= start.Length))
            {
                throw _failures.Inconsistent($"folders of systems in {PluginFolder.Root}", UntrustedText.Quote(group.First().Path));
            }

            PluginFolder folder = PluginFolder.Read(rid, [.. group.Select(file => file with { Path = file.Path[start.Length..] })], name => Read(PathIn(rid, name)), _failures);
            RequireSame(folder);
            _folders.Add(rid, folder);
        }

        if (_folders.Count == 0)
        {
            throw _failures.Inconsistent($"a plugin in {PluginFolder.Root}", "none");
        }
    }

    private void RequireSame(PluginFolder folder)
    {
        if (folder.Manifest.Id != Id || folder.Manifest.Version != Version)
        {
            throw _failures.Inconsistent($"{Id} {Version}, as the package says", $"{folder.Manifest.Id} {UntrustedText.Escape(folder.Manifest.Version)}, as the manifest for {folder.Rid} says");
        }

        // What an application sees of a plugin does not depend on the system that it runs on.
        PluginFolder first = _folders.Values.FirstOrDefault() ?? folder;
        if (folder.Manifest.Abi != first.Manifest.Abi || folder.Manifest.Name != first.Manifest.Name
            || !folder.Manifest.Services.Order(StringComparer.Ordinal).SequenceEqual(first.Manifest.Services.Order(StringComparer.Ordinal)))
        {
            throw _failures.Inconsistent($"the same name, ABI and services for {folder.Rid} as for {first.Rid}", "others");
        }
    }

    private byte[] Read(string path)
    {
        using var content = new MemoryStream();
        Unpack(Files.First(file => file.Path == path), content);
        return content.ToArray();
    }

    private void Unpack(PluginPackageFile file, Stream target)
    {
        string digest = ZipReader.Unpack(_file, _entries[file.Path], target, _failures);
        if (digest != file.Sha256)
        {
            throw _failures.Damaged(file.Path, $"SHA-256 {file.Sha256}", digest);
        }
    }

    private PluginFolder Folder(string system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return _folders.GetValueOrDefault(system) ?? throw NothingFor(system);
    }

    private PackageSystemException NothingFor(string system) => new(new PluginFailure($"{Id} {Version} has nothing for {UntrustedText.Quote(system)}")
    {
        Expected = $"files for {string.Join(" or ", RuntimeIds.Fallbacks(system).Select(rid => UntrustedText.Escape(rid)))}",
        Found = $"files for {string.Join(", ", _folders.Keys)}",
    });
}
