using NativePlugins.Binary.Text;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary><c>host manifest</c>: asks a library in a child process what it is, and writes that beside it.</summary>
internal static class ManifestWriter
{
    public static int Execute(string file, string? output, HostTerminal terminal)
    {
        string library = file.Length == 0 || file.Contains('\0') ? file : Path.GetFullPath(file);
        ChildAnswer answer = ChildQuestion.Ask(library, terminal);
        PluginManifest? before = ExistingManifest(answer.LibraryPath);
        PluginManifest manifest = answer.Manifest with { Files = before?.Files ?? [] };
        using var json = new MemoryStream();
        manifest.WriteTo(json);
        json.Write("\n"u8);
        if (output == "-")
        {
            terminal.Output.Write(json.GetBuffer().AsSpan(0, (int)json.Length));
            return ExitCodes.Success;
        }

        string path = output is null ? PluginManifest.PathFor(answer.LibraryPath) : Path.GetFullPath(output);
        AtomicFile.Write(path, json.GetBuffer().AsSpan(0, (int)json.Length), CliErrors.ManifestWrite);
        terminal.Note($"wrote {UntrustedText.Escape(path)}");
        return ExitCodes.Success;
    }

    /// <summary>The manifest that is replaced, if it can be read: it may name files that the library does not know of.</summary>
    internal static PluginManifest? ExistingManifest(string libraryPath)
    {
        try
        {
            return PluginManifest.ReadFor(libraryPath);
        }
        catch (PluginException)
        {
            return null;
        }
    }
}
