namespace NativePlugins.Abi.Tests;

/// <summary>The files that tests of the header compare.</summary>
internal static class Repository
{
    public static string Root => RepositoryRoot.Folder;

    public static string Header => File("abi/native_plugins.h");

    public static string PluginHeader => File("abi/native_plugins_plugin.h");

    public static string FrozenHeader => File("tests/fixtures/abi/frozen_v1.h");

    public static string File(string path) => RepositoryRoot.PathOf(path);

    /// <summary>The lines of abi/layout-v1.txt without its section headings.</summary>
    public static string[] GoldenLayout() =>
        [.. System.IO.File.ReadAllLines(File("abi/layout-v1.txt")).Where(line => line is not ("" or ['[', ..]))];
}
