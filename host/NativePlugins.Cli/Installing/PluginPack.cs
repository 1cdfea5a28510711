using NativePlugins.Binary.Text;
using NativePlugins.Distribution;

namespace NativePlugins.Cli;

/// <summary><c>host pack</c>: one package of a plugin's published folders, one folder a system.</summary>
internal static class PluginPack
{
    public static int Execute(string[] folders, HostTerminal terminal)
    {
        InstallSettings settings = terminal.Settings.Installing;
        var content = new PluginPackageContent
        {
            Authors = settings.Authors, Description = settings.PackageDescription, License = settings.License, Readme = settings.Readme,
        };
        foreach (string folder in folders)
        {
            content.Folders.Add(CommonOptions.ExistingDirectory(folder));
        }

        // Before anything is written: the passphrase may be another one.
        using MinisignSecretKey? key = terminal.Settings.Signing.SecretKeyFile is { } file ? KeyFiles.ReadSecret(file, terminal) : null;
        string path = Write(content, settings.PackageFolder ?? Directory.GetCurrentDirectory());
        if (key is not null)
        {
            Signing.Sign(path, key);
        }

        using PluginPackage package = PluginPackage.Open(path);
        if (terminal.Settings.Json)
        {
            terminal.Output.Write(JsonLine.Write(writer =>
            {
                writer.WriteString("id", package.Id);
                writer.WriteString("version", package.Version);
                writer.WriteArray("rids", package.Systems);
                writer.WriteString("path", path);
            }));
        }
        else
        {
            terminal.WriteLine(UntrustedText.Escape(path, maxLength: 32 * 1024));
            terminal.Note($"{package.Id} {package.Version} for {string.Join(", ", package.Systems)}");
        }

        return ExitCodes.Success;
    }

    private static string Write(PluginPackageContent content, string directory)
    {
        try
        {
            return PluginPackageWriter.Write(content, directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.PackageWrite(directory, e);
        }
    }
}
