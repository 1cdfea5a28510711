using NativePlugins.Binary;
using NativePlugins.Binary.Files;

namespace NativePlugins.Distribution.Files;

/// <summary>
/// Files and directories that everybody may read, and nobody but their owner may change. Some systems let the group write by default, and then
/// hosts refuse what is there. On Windows they have the access list that their directory hands down.
/// </summary>
internal static class OwnedFiles
{
#pragma warning disable CA1416 // Only where there are modes.
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static bool HasModes => FileSystem.Current.LibraryFormat != BinaryFormat.Pe;

    /// <summary>A file that is not there yet, to be written.</summary>
    public static FileStreamOptions NewFile
    {
        get
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (HasModes)
            {
                options.UnixCreateMode = Readable;
            }

            return options;
        }
    }

    /// <summary>Creates a directory, and the missing ones above it.</summary>
    public static void CreateDirectory(string path)
    {
        // .NET gives the mode to the last of them only.
        if (Path.GetDirectoryName(path) is string parent && !Directory.Exists(parent))
        {
            CreateDirectory(parent);
        }

        _ = HasModes
            ? Directory.CreateDirectory(path, Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)
            : Directory.CreateDirectory(path);
    }
}
