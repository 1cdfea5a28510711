using System.Text.Json;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Archives;
using NativePlugins.Distribution.Packages;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution.Store;

/// <summary>What <c>plugins.lock.json</c> says: sorted, so that two of them can be compared line by line.</summary>
/// <param name="LockVersion">Of this form: 1.</param>
/// <param name="Plugins">In the ordinal order of their ids.</param>
internal sealed record LockFile(int LockVersion, IReadOnlyList<LockedPlugin> Plugins)
{
    public const int FormatVersion = 1;

    private const int MaxSize = 64 << 20;

    public static LockFile Empty { get; } = new(FormatVersion, []);

    /// <summary>Reads the file; null if there is none.</summary>
    /// <exception cref="PluginLockFileException">It is not of this form.</exception>
    public static LockFile? Read(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
        {
            return null;
        }

        if (info.Length > MaxSize)
        {
            throw Bad(path, $"at most {MaxSize} bytes", $"{info.Length}", null);
        }

        try
        {
            LockFile file = JsonFields.Read(File.ReadAllBytes(path), Parse);
            return file.LockVersion == FormatVersion ? file.Checked(path) : throw Bad(path, $"lockVersion {FormatVersion}", $"{file.LockVersion}", null);
        }
        catch (JsonException e)
        {
            throw Bad(path, "JSON of the form that this library writes", UntrustedText.Escape(e.Message), e);
        }
    }

    /// <summary>The same; empty if there is none.</summary>
    /// <exception cref="PluginLockFileException">It is not of this form, or cannot be read.</exception>
    public static LockFile ReadOrEmpty(string path)
    {
        try
        {
            return Read(path) ?? Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PluginLockFileException(new PluginFailure($"the lock file {UntrustedText.Quote(path)} cannot be read")
            {
                Expected = "a file that can be read, or none",
                Found = UntrustedText.Escape(e.Message),
                Cause = e,
            });
        }
    }

    public byte[] ToJson() => JsonFields.Write(writer =>
    {
        writer.WriteNumber("lockVersion", LockVersion);
        writer.WriteObjects("plugins", Plugins, static (writer, plugin) => plugin.WriteMembers(writer));
    });

    public LockedPlugin? Find(string id) => Plugins.FirstOrDefault(plugin => plugin.Id == id);

    /// <summary>The same with another entry for one plugin, or without one.</summary>
    public LockFile With(string id, LockedPlugin? plugin) => this with
    {
        Plugins = [.. Plugins.Where(other => other.Id != id).Concat(plugin is null ? [] : [plugin]).OrderBy(other => other.Id, StringComparer.Ordinal)],
    };

    private static LockFile Parse(JsonElement root) => new(root.Version("lockVersion"), root.List("plugins", LockedPlugin.Read));

    /// <summary>Ids, versions and names become paths, and the file may have come from anywhere.</summary>
    private LockFile Checked(string path)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (LockedPlugin plugin in Plugins)
        {
            if (!PackageId.IsValidId(plugin.Id) || !ids.Add(plugin.Id))
            {
                throw Bad(path, $"plugins, each once, with {PackageId.IdForm}", UntrustedText.Quote(plugin.Id), null);
            }

            foreach (LockedVersion version in plugin.Versions)
            {
                if (!PackageId.IsValidVersion(version.Version) || !RuntimeIds.IsValid(version.System) || version.Files.Any(file => !EntryName.IsValid(file.Path))
                    || EntryName.FindCollision(version.Files.Select(file => file.Path)) is not null)
                {
                    throw Bad(path, $"{PackageId.VersionForm}, a system such as linux-x64, {EntryName.Form}", $"others for {plugin.Id}", null);
                }
            }
        }

        return this;
    }

    private static PluginLockFileException Bad(string path, string expected, string found, Exception? cause) =>
        new(new PluginFailure($"the lock file {UntrustedText.Quote(path)} cannot be used") { Expected = expected, Found = found, Cause = cause });
}

/// <summary>A plugin that is installed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Current">The version that a host finds.</param>
/// <param name="Previous">The version before, for a way back; null if there is none.</param>
internal sealed record LockedPlugin(string Id, LockedVersion Current, LockedVersion? Previous = null)
{
    public IEnumerable<LockedVersion> Versions => Previous is null ? [Current] : [Current, Previous];

    public static LockedPlugin Read(JsonElement plugin) => new(
        plugin.Text("id"), plugin.Object("current", LockedVersion.Read), plugin.Has("previous") ? plugin.Object("previous", LockedVersion.Read) : null);

    public void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("id", Id);
        Current.Write(writer, "current");
        Previous?.Write(writer, "previous");
    }
}

/// <summary>A version that is installed.</summary>
/// <param name="Version">The version.</param>
/// <param name="System">The system that its files are for.</param>
/// <param name="Source">Where the package came from.</param>
/// <param name="Package">The SHA-256 of the package.</param>
/// <param name="Files">Its files, relative to its folder, in ordinal order.</param>
internal sealed record LockedVersion(string Version, string System, string Source, string Package, IReadOnlyList<PluginPackageFile> Files)
{
    public static LockedVersion Read(JsonElement version) => new(
        version.Text("version"), version.Text("system"), version.Text("source"), version.Text("package"), version.List("files", PluginPackageFileJson.Read));

    public void Write(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteString("version", Version);
        writer.WriteString("system", System);
        writer.WriteString("source", Source);
        writer.WriteString("package", Package);
        writer.WriteObjects("files", Files, PluginPackageFileJson.Write);
        writer.WriteEndObject();
    }
}
