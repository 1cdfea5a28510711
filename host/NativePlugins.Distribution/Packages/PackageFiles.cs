using NativePlugins.Binary.Files;
using NativePlugins.Distribution.Archives;

namespace NativePlugins.Distribution.Packages;

/// <summary>Writes the archive of a package: the statement first, then the files in the order of their paths.</summary>
internal static class PackageFiles
{
    public static void Write(Stream target, string id, string version, SortedDictionary<string, byte[]> files)
    {
        var statement = new PackageStatement(PackageStatement.FormatVersion, id, version,
            [.. files.Select(file => new PluginPackageFile(file.Key, file.Value.Length, Digest(file.Value)))]);
        var archive = new ZipWriter(target);
        archive.Add(PackageStatement.FileName, statement.ToJson());
        foreach ((string path, byte[] content) in files)
        {
            archive.Add(path, content);
        }

        archive.Finish();
    }

    public static string Digest(ReadOnlySpan<byte> content)
    {
        var hash = new Sha256();
        hash.Append(content);
        return Convert.ToHexStringLower(hash.Finish());
    }
}
