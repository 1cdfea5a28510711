using System.Security.Cryptography;
using System.Text;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution;

namespace NativePlugins.Cli;

/// <summary>Files with keys: read and written.</summary>
internal static class KeyFiles
{
    private const int MaxSize = 10_000;

    /// <summary>A public key as it was typed, or that of a file.</summary>
    public static MinisignPublicKey ReadPublic(string keyOrFile) => MinisignPublicKey.Parse(
        keyOrFile.StartsWith("RW", StringComparison.Ordinal) && keyOrFile.Length == 56 && !File.Exists(keyOrFile) ? keyOrFile
        : Encoding.UTF8.GetString(Read(CommonOptions.FullPath("--key", keyOrFile))));

    /// <summary>Asks for the passphrase. The caller disposes of the key.</summary>
    public static MinisignSecretKey ReadSecret(string path, HostTerminal terminal)
    {
        byte[] file = Read(path), passphrase = Passphrase.Read(terminal, $"passphrase of {UntrustedText.Escape(path)}", isNew: false);
        try
        {
            return MinisignSecretKey.Decrypt(file, passphrase);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(passphrase);
        }
    }

    /// <summary>A new file, for this user alone if it is secret. What is there is never overwritten.</summary>
    public static void WriteNew(string path, string content, bool isSecret)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (isSecret)
            {
                ProcessSystem.Current.MakePrivate(options);
            }

            using var stream = new FileStream(path, options);
            stream.Write(Encoding.UTF8.GetBytes(content));
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.KeyFile(path, "be written", e);
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            byte[] file = new byte[MaxSize + 1];
            return file[..stream.ReadAtLeast(file, file.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.KeyFile(path, "be read", e);
        }
    }
}
