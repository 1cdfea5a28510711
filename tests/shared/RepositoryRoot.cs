namespace NativePlugins.Tests;

/// <summary>The folder of the repository: the one above the tests' own that holds the solution.</summary>
internal static class RepositoryRoot
{
    public static string Folder { get; } = Find();

    public static string PathOf(string relative) => Path.Combine(Folder, relative);

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "NativePlugins.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException($"No NativePlugins.sln above {AppContext.BaseDirectory}.");
        }

        return directory.FullName;
    }
}
