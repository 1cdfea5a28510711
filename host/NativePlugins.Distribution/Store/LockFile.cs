using System.Text.Json;
using System.Text.Json.Serialization;
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
            LockFile? file = JsonSerializer.Deserialize(File.ReadAllBytes(path), LockFileJson.Default.LockFile);
            return file?.LockVersion == FormatVersion ? file.Checked(path) : throw Bad(path, $"lockVersion {FormatVersion}", $"{file?.LockVersion}", null);
        }
        catch (JsonException e)
        {
            throw Bad(path, "JSON of the form that this library writes", UntrustedText.Escape(e.Message), e);
        }
    }

    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, LockFileJson.Default.LockFile), (byte)'\n'];

    public LockedPlugin? Find(string id) => Plugins.FirstOrDefault(plugin => plugin.Id == id);

    /// <summary>The same with another entry for one plugin, or without one.</summary>
    public LockFile With(string id, LockedPlugin? plugin) => this with
    {
        Plugins = [.. Plugins.Where(other => other.Id != id).Concat(plugin is null ? [] : [plugin]).OrderBy(other => other.Id, StringComparer.Ordinal)],
    };

    /// <summary>Ids, versions and names become paths, and the file may have come from anywhere.</summary>
    private LockFile Checked(string path)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (LockedPlugin plugin in Plugins)
        {
            if (plugin is null || !PackageId.IsValidId(plugin.Id) || !ids.Add(plugin.Id))
            {
                throw Bad(path, $"plugins, each once, with {PackageId.IdForm}", plugin is null ? "null" : UntrustedText.Quote(plugin.Id), null);
            }

            foreach (LockedVersion version in plugin.Versions)
            {
                if (!PackageId.IsValidVersion(version.Version) || !RuntimeIds.IsValid(version.System) || version.Files.Any(file => file is null || !EntryName.IsValid(file.Path))
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
    [JsonIgnore]
    public IEnumerable<LockedVersion> Versions => Previous is null ? [Current] : [Current, Previous];
}

/// <summary>A version that is installed.</summary>
/// <param name="Version">The version.</param>
/// <param name="System">The system that its files are for.</param>
/// <param name="Source">Where the package came from.</param>
/// <param name="Package">The SHA-256 of the package.</param>
/// <param name="Files">Its files, relative to its folder, in ordinal order.</param>
internal sealed record LockedVersion(string Version, string System, string Source, string Package, IReadOnlyList<PluginPackageFile> Files);

/// <summary>The generated reader and writer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LockFile))]
internal sealed partial class LockFileJson : JsonSerializerContext;
