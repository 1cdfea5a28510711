namespace NativePlugins.Abi.Tests;

internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Header => File("abi/native_plugins.h");

    public static string FrozenHeader => File("tests/fixtures/abi/frozen_v1.h");

    public static string File(string path) => Path.Combine(Root, path);

    /// <summary>The lines of abi/layout-v1.txt without its section headings.</summary>
    public static string[] GoldenLayout() =>
        [.. System.IO.File.ReadAllLines(File("abi/layout-v1.txt")).Where(line => line is not ("" or ['[', ..]))];

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(directory.FullName, "NativePlugins.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException($"No NativePlugins.sln above {AppContext.BaseDirectory}.");
        }

        return directory.FullName;
    }
}
