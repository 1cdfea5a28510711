using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Archives;
using NativePlugins.Distribution.Packages;
using NativePlugins.Distribution.Signatures;
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
    private readonly byte[] _statementBytes;
    private readonly PackageStatement _statement;

    private PluginPackage(SafeFileHandle file, string path, PluginPackageLimits limits)
    {
        _file = file;
        _failures = new ArchiveFailures(path);
        _entries = ZipDirectory.Read(file, limits, _failures).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        _statementBytes = ReadSmall(PackageStatement.FileName, PackageStatement.MaxSize)
            ?? throw _failures.Malformed($"a statement {PackageStatement.FileName}", "none");
        _statement = PackageStatement.Parse(_statementBytes, _failures);
        SignatureBytes = ReadSmall(PackageStatement.SignatureName, MinisignText.MaxSize);
        Signature = SignatureBytes is null ? null : MinisignSignature.Parse(SignatureBytes);
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

    /// <summary>The signature of the statement, and with it of every file, the id and the version; null if the package is not signed. Nothing has checked it yet.</summary>
    public MinisignSignature? Signature { get; }

    /// <summary>The statement as it is in the package, <c>plugin-package.json</c>: what is signed. For every change to a package it is another one.</summary>
    public ReadOnlyMemory<byte> Statement => _statementBytes;

    internal byte[]? SignatureBytes { get; }

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
    /// <exception cref="SignatureMalformedException">The signature in it is not one.</exception>
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

    /// <summary>Checks that a key has signed the package: its id, its version and every file in it, of which <see cref="Verify"/> reads those that are not read yet.</summary>
    /// <param name="key">The key that must have signed.</param>
    /// <exception cref="PackageUnsignedException">It is not signed.</exception>
    /// <exception cref="SignatureInvalidException">Another key has signed it, or another package was signed.</exception>
    public void VerifySignature(MinisignPublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Signature is null)
        {
            throw new PackageUnsignedException(new PluginFailure($"{Id} {Version} is not signed") { Expected = $"a signature by the key {key.Id}", Found = "none" });
        }

        Signature.Verify(key, new MemoryStream(_statementBytes, writable: false));
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

    /// <summary>What is installed of the package: the plugin's files and, if it is signed, what they can be checked by later.</summary>
    internal IReadOnlyList<PluginPackageFile> FilesOf(string system) => [.. Folder(system).Files.Concat(SignedFiles().Select(file => file.Stated)).OrderBy(file => file.Path, StringComparer.Ordinal)];

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

    /// <summary>Writes the statement and its signature into the folder of an installed version, where no file of a plugin has their names.</summary>
    internal void ExtractSignature(string directory, Func<string, Stream> create)
    {
        foreach ((PluginPackageFile stated, byte[] content) in SignedFiles())
        {
            using Stream stream = create(Path.Combine(directory, stated.Path));
            stream.Write(content);
        }
    }

    /// <summary>Every stated file, whole and checked; and not what a feed has added, which would fit no changed package.</summary>
    internal SortedDictionary<string, byte[]> ReadAll() =>
        _entries.ContainsKey(PackageStatement.FeedSignature)
            ? throw _failures.Malformed("a package as it was packed: sign it before it is pushed", "one that a feed has signed")
            : new SortedDictionary<string, byte[]>(Files.ToDictionary(file => file.Path, file => Read(file.Path)), StringComparer.Ordinal);

    private static string PathIn(string system, string file) => $"{PluginFolder.Root}{system}/{file}";

    private (PluginPackageFile Stated, byte[] Content)[] SignedFiles() =>
        SignatureBytes is null ? []
        : [.. new[] { (PackageStatement.FileName, _statementBytes), (PackageStatement.SignatureName, SignatureBytes) }
            .Select(file => (new PluginPackageFile(file.Item1, file.Item2.Length, PackageFiles.Digest(file.Item2)), file.Item2))];

    /// <summary>One of the files that no statement covers; null if there is none.</summary>
    private byte[]? ReadSmall(string name, int most)
    {
        ZipEntry? entry = _entries.GetValueOrDefault(name);
        if (entry is null || entry.Size > most)
        {
            return entry is null ? null : throw _failures.Malformed($"{name}, of at most {most:N0} bytes", $"{entry.Size:N0} bytes");
        }

        using var content = new MemoryStream();
        ZipReader.Unpack(_file, entry, content, _failures);
        return content.ToArray();
    }

    /// <summary>The archive holds what the statement says, and nothing else.</summary>
    private void RequireStated()
    {
        string[] unstated = [PackageStatement.FileName, PackageStatement.SignatureName, PackageStatement.FeedSignature];
        foreach (PluginPackageFile file in Files)
        {
            if (unstated.Contains(file.Path) || !_entries.TryGetValue(file.Path, out ZipEntry? entry))
            {
                throw _failures.Malformed("the files of the statement", $"none of the name {UntrustedText.Quote(file.Path)}");
            }

            if (entry.Size != file.Size)
            {
                throw _failures.Damaged(file.Path, $"{file.Size:N0} bytes", $"{entry.Size:N0}");
            }
        }

        if (_entries.Count != Files.Count + unstated.Count(_entries.ContainsKey))
        {
            HashSet<string> stated = [.. unstated, .. Files.Select(file => file.Path)];
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
