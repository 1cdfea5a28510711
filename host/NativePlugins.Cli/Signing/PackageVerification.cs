using NativePlugins.Binary.Text;
using NativePlugins.Distribution;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary><c>host verify PACKAGE…</c>: whether each is whole, may be installed from where it is, and who has signed it.</summary>
internal static class PackageVerification
{
    public static int Execute(string[] packages, HostTerminal terminal)
    {
        MinisignPublicKey[] keys = [.. terminal.Settings.Signing.Keys.Select(KeyFiles.ReadPublic)];
        int status = ExitCodes.Success;
        foreach (string path in packages.Select(package => CommonOptions.FullPath("the package", package)))
        {
            try
            {
                Check(path, keys, terminal);
            }
            catch (PluginException e)
            {
                // The next ones have their turn.
                status = terminal.Report(ErrorReport.From(e));
            }
        }

        return status;
    }

    private static void Check(string path, MinisignPublicKey[] keys, HostTerminal terminal)
    {
        using PluginPackage package = PluginPackage.Open(path);
        package.Verify();
        if (keys.Length != 0)
        {
            package.VerifySignature(keys.FirstOrDefault(key => key.Id == package.Signature?.KeyId) ?? keys[0]);
        }

        MinisignPublicKey? signer = PluginTrustPolicy.Require(package, Path.GetDirectoryName(path)!);
        Tell(package, path, package.Signature is null ? "unsigned" : keys.Length != 0 || signer is not null ? "signed" : "not checked", terminal);
    }

    private static void Tell(PluginPackage package, string path, string state, HostTerminal terminal)
    {
        if (terminal.Settings.Json)
        {
            terminal.Output.Write(JsonLine.Write(writer =>
            {
                writer.WriteString("path", path);
                writer.WriteString("id", package.Id);
                writer.WriteString("version", package.Version);
                writer.WriteString("signature", state);
                writer.WriteString("keyId", package.Signature?.KeyId);
                writer.WriteString("trustedComment", state == "signed" ? package.Signature!.TrustedComment : null);
            }));
            return;
        }

        string who = package.Signature is { } signature ? $"{signature.KeyId}\t{UntrustedText.Escape(state == "signed" ? signature.TrustedComment.Replace('\t', ' ') : "-")}" : "-\t-";
        terminal.WriteLine($"{package.Id}\t{package.Version}\t{state}\t{who}");
        if (state == "not checked")
        {
            terminal.Note("the package is whole, and names a key: to check that this key has signed it, give the key with --key");
        }
    }
}
