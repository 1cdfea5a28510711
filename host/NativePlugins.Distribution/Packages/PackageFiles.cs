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
        Write(target, statement.ToJson(), null, files);
    }

    /// <param name="target">Where to write.</param>
    /// <param name="statement">Of exactly these files.</param>
    /// <param name="signature">Of the statement, or null.</param>
    /// <param name="files">By their paths.</param>
    public static void Write(Stream target, byte[] statement, byte[]? signature, SortedDictionary<string, byte[]> files)
    {
        var archive = new ZipWriter(target);
        archive.Add(PackageStatement.FileName, statement);
        if (signature is not null)
        {
            archive.Add(PackageStatement.SignatureName, signature);
        }

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
