using System.Text;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution;

namespace NativePlugins.Cli;

/// <summary><c>host sign</c>: packages, each inside of itself, and other files, each by a file beside it.</summary>
internal static class Signing
{
    public static int Execute(string[] files, HostTerminal terminal)
    {
        string keyFile = terminal.Settings.Signing.SecretKeyFile
            ?? throw CliErrors.Usage("it is not said which key signs", "--key FILE", "no --key", "Make a key with `host keygen`.");
        string[] paths = [.. files.Select(file => CommonOptions.FullPath("the file", file))];
        using MinisignSecretKey key = KeyFiles.ReadSecret(keyFile, terminal);
        foreach (string path in paths)
        {
            string signed = Sign(path, key);
            if (terminal.Settings.Json)
            {
                terminal.Output.Write(JsonLine.Write(writer =>
                {
                    writer.WriteString("path", path);
                    writer.WriteString("signature", signed);
                    writer.WriteString("keyId", key.PublicKey.Id);
                }));
            }
            else
            {
                terminal.WriteLine(UntrustedText.Escape(signed, maxLength: 32 * 1024));
            }
        }

        return ExitCodes.Success;
    }

    /// <summary>Returns where the signature is: in the package itself, or beside another file.</summary>
    public static string Sign(string path, MinisignSecretKey key)
    {
        try
        {
            if (path.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase))
            {
                PluginPackageWriter.Sign(path, key);
                return path;
            }

            using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            string signature = key.SignFile(content, Path.GetFileName(path)).ToString();
            AtomicFile.Write(path + MinisignSignature.Extension, Encoding.UTF8.GetBytes(signature), CliErrors.SignatureWrite);
            return path + MinisignSignature.Extension;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.SignatureWrite(path, e);
        }
    }
}
