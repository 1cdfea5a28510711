using System.Text;
using NativePlugins.Distribution.Packages;

namespace NativePlugins.Distribution.Tests;

/// <summary>Keys of these tests, and what they sign.</summary>
internal static class TestKeys
{
    public static MinisignSecretKey Ours { get; } = MinisignSecretKey.Create();

    public static MinisignSecretKey Others { get; } = MinisignSecretKey.Create();

    public static byte[] Sign(byte[] statement, MinisignSecretKey? key = null) =>
        Encoding.UTF8.GetBytes((key ?? Ours).SignFile(new MemoryStream(statement), PackageStatement.FileName).ToString());

    /// <summary>The package with a signature of its statement, to be changed before it is written.</summary>
    public static List<RawEntry> ToSignedEntries(this TestPackage package, Func<byte[], byte[]>? sign = null)
    {
        List<RawEntry> entries = package.ToEntries();
        byte[] statement = entries[0].Packed;
        entries.Insert(1, new RawEntry(PackageStatement.SignatureName, sign?.Invoke(statement) ?? Sign(statement)));
        return entries;
    }

    /// <summary>Signs a package in a feed.</summary>
    public static string Sign(string path, MinisignSecretKey? key = null)
    {
        PluginPackageWriter.Sign(path, key ?? Ours);
        return path;
    }
}
