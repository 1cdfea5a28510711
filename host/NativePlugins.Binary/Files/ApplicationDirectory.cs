namespace NativePlugins.Binary.Files;

/// <summary>The real directory of the running application.</summary>
internal static class ApplicationDirectory
{
    public static string Find(FileSystem system)
    {
        string directory = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

        // An executable that is the application, and not `dotnet`, may be a link: it is followed to where the application is installed.
        if (Environment.ProcessPath is { } executable
            && string.Equals(Path.GetDirectoryName(executable), directory, StringComparison.Ordinal)
            && system.GetRealPath(executable, out string real).IsNone)
        {
            return Path.GetDirectoryName(real) ?? directory;
        }

        return directory;
    }
}
