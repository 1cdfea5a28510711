namespace NativePlugins.Binary.Files;

/// <summary>The real directory of the running application.</summary>
internal static class ApplicationDirectory
{
    public static string Find(FileSystem system)
    {
        string directory = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

        // Where the executable is the application, and not `dotnet`, a link to it is followed to where it is installed.
        if (Environment.ProcessPath is { } executable
            && string.Equals(Path.GetDirectoryName(executable), directory, StringComparison.Ordinal)
            && system.GetRealPath(executable, out string real).IsNone)
        {
            return Path.GetDirectoryName(real) ?? directory;
        }

        return directory;
    }
}
