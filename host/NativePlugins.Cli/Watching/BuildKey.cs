namespace NativePlugins.Cli;

/// <summary>
/// What a build took for granted, as it was then: files with size and time, and names under which there was none. The environment is no part
/// of it, as it is this process's and stays.
/// </summary>
internal sealed class BuildKey
{
    // Whichever directory above a source they come to: MSBuild, NuGet, the compiler or the SDK's resolver finds them by name.
    private static readonly string[] s_found =
    [
        "Directory.Build.props", "Directory.Build.targets", "Directory.Build.rsp", "Directory.Packages.props", "global.json", "NuGet.Config", "nuget.config",
        "NuGet.config", ".editorconfig", ".globalconfig",
    ];

    private readonly Dictionary<string, (long Size, DateTime Time)> _states = new(StringComparer.Ordinal);

    /// <summary>Adds a path as it is now: a file, a directory, whose time is that of its entries, or nothing.</summary>
    public void Add(string path) => _states[path] = StateOf(path);

    /// <summary>Adds what is found by its name in a directory and those above it.</summary>
    public void AddFoundFrom(string directory)
    {
        for (string? at = directory; at is not null; at = Path.GetDirectoryName(at))
        {
            foreach (string name in s_found)
            {
                Add(Path.Combine(at, name));
            }
        }
    }

    /// <summary>Adds the files that arguments of a compiler or linker name.</summary>
    /// <param name="arguments">Such as <c>/reference:X=path</c> or <c>-Wl,--script="path"</c>.</param>
    /// <param name="directory">Where relative paths begin.</param>
    public void AddFilesOf(IEnumerable<string> arguments, string directory)
    {
        foreach (string argument in arguments)
        {
            string value = argument[(argument.IndexOf(':', StringComparison.Ordinal) + 1)..];
            foreach (string candidate in (string[])[argument, value, value[(value.IndexOf('=', StringComparison.Ordinal) + 1)..]])
            {
                string name = candidate.Trim('"').Split(',')[0];
                if (name.Length > 0 && Path.Combine(directory, name) is string path && File.Exists(path))
                {
                    Add(Path.GetFullPath(path));
                }
            }
        }
    }

    /// <summary>Adds the files that change whenever another commit is checked out or made.</summary>
    public void AddCommitOf(string directory)
    {
        for (string? at = directory; at is not null; at = Path.GetDirectoryName(at))
        {
            string git = Path.Combine(at, ".git");

            // In a further work tree it is a file that names the directory.
            if (File.Exists(git) && File.ReadAllText(git).Trim().Split(": ", 2) is ["gitdir", string elsewhere])
            {
                git = Path.Combine(at, elsewhere);
            }

            if (Directory.Exists(git))
            {
                Add(Path.Combine(git, "HEAD"));
                Add(Path.Combine(git, "logs", "HEAD"));
                return;
            }
        }
    }

    /// <summary>What these say is not taken for granted: they are what is built.</summary>
    public void Except(IEnumerable<string> sources)
    {
        foreach (string source in sources)
        {
            _states.Remove(source);
        }
    }

    /// <summary>A path that is not as it was; null if all are.</summary>
    public string? FindChange() => _states.FirstOrDefault(state => StateOf(state.Key) != state.Value).Key;

    private static (long Size, DateTime Time) StateOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc)
            : Directory.Exists(path) ? (-1, Directory.GetLastWriteTimeUtc(path))
            : (-2, default);
    }
}
