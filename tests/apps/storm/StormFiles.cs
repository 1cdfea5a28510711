namespace NativePlugins.Storm;

/// <summary>The plugins, installed in a directory of the run's own: one alone, and one that brings a library of its own.</summary>
internal sealed class StormFiles(string library, string bringer, string dependency) : IDisposable
{
    private readonly Lock _lock = new();
    private int _builds;

    public string Root { get; } = Directory.CreateTempSubdirectory("storm-").FullName;

    public string Staging => Path.Combine(Root, "staging");

    /// <summary>A copy that is written over again and again.</summary>
    public string Changing => Path.Combine(Root, "changing", "libstorm.so");

    /// <summary>A copy that never changes: hosts that stage nothing map it as it is.</summary>
    public string Unstaged => Path.Combine(Root, "unstaged", "libstorm.so");

    public string Bringer => Path.Combine(Root, "bringer", "libstorm_bringer.so");

    public void Install()
    {
        foreach (string folder in new[] { "staging", "changing", "unstaged", "bringer" })
        {
            Directory.CreateDirectory(Path.Combine(Root, folder));
        }

        File.Copy(library, Changing);
        File.Copy(library, Unstaged);
        File.Copy(bringer, Bringer);
        File.Copy(dependency, Path.Combine(Root, "bringer", Path.GetFileName(dependency)));
        File.WriteAllText(Path.ChangeExtension(Bringer, ".plugin.json"), $$"""
            {
              "manifestVersion": 1, "id": "storm_bringer", "name": "Fixture storm_bringer", "version": "1.0.0", "abi": "1.0",
              "language": "C", "runtime": "none", "runtimeVersion": "", "files": ["{{Path.GetFileName(dependency)}}"]
            }
            """);
    }

    /// <summary>Another build, put in place at once: a byte after the library's end is different.</summary>
    public void Build()
    {
        lock (_lock)
        {
            string next = Path.Combine(Root, "next");
            File.WriteAllBytes(next, [.. File.ReadAllBytes(library), (byte)++_builds]);
            File.Move(next, Changing, overwrite: true);
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
