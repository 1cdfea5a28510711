using System.Security.Cryptography;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution;

namespace NativePlugins.Cli;

/// <summary><c>host keygen</c>: a new pair of keys.</summary>
internal static class KeyGeneration
{
    public static int Execute(string name, HostTerminal terminal)
    {
        string path = CommonOptions.FullPath("the name of the key", name), secretFile = path + ".key", publicFile = path + ".pub";
        if (((string[])[secretFile, publicFile]).FirstOrDefault(File.Exists) is { } taken)
        {
            throw CliErrors.KeyFile(taken, "be written", new IOException("There is such a file, and keys are never overwritten."));
        }

        byte[] passphrase = Passphrase.Read(terminal, "passphrase for the new key", isNew: true);
        using MinisignSecretKey key = MinisignSecretKey.Create();
        KeyFiles.WriteNew(secretFile, key.Encrypt(passphrase), isSecret: true);
        CryptographicOperations.ZeroMemory(passphrase);
        KeyFiles.WriteNew(publicFile, key.PublicKey.ToFileText(), isSecret: false);
        if (terminal.Settings.Json)
        {
            terminal.Output.Write(JsonLine.Write(writer =>
            {
                writer.WriteString("keyId", key.PublicKey.Id);
                writer.WriteString("publicKey", key.PublicKey.ToString());
                writer.WriteString("publicKeyFile", publicFile);
                writer.WriteString("secretKeyFile", secretFile);
            }));
        }
        else
        {
            terminal.WriteLine(key.PublicKey.ToString());
            terminal.Note($"this is the public key {key.PublicKey.Id}, in {UntrustedText.Escape(publicFile)}; the secret one is in {UntrustedText.Escape(secretFile)}: keep it, nothing can replace it");
        }

        return ExitCodes.Success;
    }
}
