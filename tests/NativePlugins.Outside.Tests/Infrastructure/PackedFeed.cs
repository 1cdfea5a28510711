namespace NativePlugins.Outside.Tests;

/// <summary>The packages that the build made for these tests, of a version that no cache has seen.</summary>
internal static class PackedFeed
{
    public static string Folder { get; } = RepositoryRoot.PathOf("artifacts/feed");

    public static string Version { get; } = FindVersion();

    public static string PathOf(string id, string extension = "nupkg") => Path.Combine(Folder, $"{id}.{Version}.{extension}");

    private static string FindVersion()
    {
        const string Id = "NativePlugins.Sdk.";
        string[] packages = Directory.Exists(Folder) ? Directory.GetFiles(Folder, Id + "*.nupkg") : [];
        return packages.Length == 1
            ? Path.GetFileNameWithoutExtension(packages[0])[Id.Length..]
            : throw new FileNotFoundException($"{Folder} does not hold one version of the packages: run ./build.sh test, which packs them first.");
    }
}
