namespace NativePlugins.EndToEnd.Tests;

/// <summary>A directory that other users may read and run programs from, and not write to. It is gone after the test.</summary>
internal sealed class SharedFolder : IDisposable
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly string _path = Directory.CreateTempSubdirectory("native-plugins-shared-").FullName;

    public SharedFolder() => File.SetUnixFileMode(_path, ForAll);

    public string Copy(string file)
    {
        string copy = Path.Combine(_path, Path.GetFileName(file));
        File.Copy(file, copy);
        File.SetUnixFileMode(copy, ForAll);
        return copy;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
