namespace NativePlugins.EndToEnd.Tests;

/// <summary>A plugin that writes its version.</summary>
internal static class VersionedPlugin
{
    public const string Id = "versioned";

    /// <summary>Compiles a version, asks it for its manifest, and packs both.</summary>
    public static void Pack(Scratch scratch, string feed, string version)
    {
        string library = Path.Combine(scratch.Folder(version), $"lib{Id}.so");
        Tool.Run(TestTarget.C, "-shared", "-fPIC", "-fvisibility=hidden", "-I", "abi", "-o", library, $"-DVERSION=\"{version}\"", "tests/fixtures/versioned.c");
        HostProcess.Run("manifest", library).Exits(0);
        HostProcess.Run("pack", Path.GetDirectoryName(library)!, "--output", feed).Exits(0);
    }
}
