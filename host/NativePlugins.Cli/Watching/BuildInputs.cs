using NativePlugins.Binary.Files;

namespace NativePlugins.Cli;

/// <summary>What one build has read, as it listed it itself (<see cref="BuildInputsTarget"/>).</summary>
internal sealed class BuildInputs
{
    // Some file systems do not tell letter case apart. On those that do, files that differ in it alone cost a build too many at times.
    private static readonly StringComparer s_paths = StringComparer.OrdinalIgnoreCase;

    private readonly Dictionary<string, string> _compiled = new(s_paths);
    private readonly HashSet<string> _files = new(s_paths);
    private readonly HashSet<string> _readTwice = new(s_paths);
    private readonly HashSet<string> _purposeless = new(s_paths);
    private readonly HashSet<string> _extensions = new(s_paths) { ".cs" };
    private readonly List<string> _own = [];
    private readonly List<string> _projects = [];

    private BuildInputs()
    {
    }

    /// <summary>The files that it has read, in all projects that took part.</summary>
    public IReadOnlyCollection<string> Files => _files;

    /// <summary>Those that it does not merely have among its files.</summary>
    public IEnumerable<string> Used => _files.Where(path => !_purposeless.Contains(path));

    /// <summary>Those of which it is known how the compiler saw them.</summary>
    public IReadOnlyCollection<string> Compiled => _compiled.Keys;

    /// <summary>
    /// The directories in which a change may matter to a build: those of the files that were read, those of the projects, and the
    /// directories directly in these, into which sources may come.
    /// </summary>
    public IReadOnlyList<string> Directories => [.. _files.Select(Path.GetDirectoryName).OfType<string>().Concat(_projects)
        .Distinct(s_paths).SelectMany(directory => IsOfProject(directory) ? [directory, .. Below(directory)] : (string[])[directory]).Distinct(s_paths)];

    /// <summary>Reads the lists of a build; null where it has left none.</summary>
    public static BuildInputs? Read(string directory)
    {
        try
        {
            string[] lines = [.. Directory.GetFiles(directory, "*.txt").SelectMany(File.ReadAllLines)];
            return lines.Length == 0 ? null : Parse(lines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static BuildInputs Parse(IReadOnlyList<string> lines)
    {
        var inputs = new BuildInputs();
        (char Kind, string Hash, string Path)[] parts =
            [.. lines.Select(line => line.Split(' ', 3)).Where(words => words is [{ Length: 1 }, _, { Length: > 0 }]).Select(words => (words[0][0], words[1], words[2]))];
        inputs._projects.AddRange(Of('P').Select(part => Path.TrimEndingDirectorySeparator(part.Path)).Distinct(s_paths));

        // A directory for a build's output in which a project lies is no such directory here: that project's sources would be left out too.
        inputs._own.AddRange(Of('O').Select(part => Path.TrimEndingDirectorySeparator(part.Path))
            .Where(own => !inputs._projects.Exists(project => IsIn(project, own))).Distinct(s_paths));
        var read = new HashSet<string>(s_paths);
        foreach ((char kind, string hash, string path) in parts.Where(part => part.Kind is 'C' or 'R' or 'N' or 'I' && !inputs.IsOwn(part.Path)))
        {
            if (kind == 'N' && !inputs.IsOfProject(path))
            {
                continue;
            }

            bool isFirst = inputs._files.Add(path);
            if (kind != 'N')
            {
                inputs._purposeless.Remove(path);

                // It is the SDK's; a project that reads no other JSON takes none that is new either.
                if (Path.GetFileName(path) != "global.json")
                {
                    inputs._extensions.Add(Path.GetExtension(path));
                }
            }
            else if (isFirst)
            {
                inputs._purposeless.Add(path);
            }

            if (kind == 'C')
            {
                inputs._compiled[path] = hash;
            }

            if (kind == 'R' && !read.Add(path))
            {
                inputs._readTwice.Add(path);
            }
        }

        return inputs;

        IEnumerable<(char Kind, string Hash, string Path)> Of(char kind) => parts.Where(part => part.Kind == kind);
    }

    /// <summary>Whether a path that has changed was read, or holds something that was.</summary>
    public bool IsInput(string path) => _files.Contains(path) || (!File.Exists(path) && _files.Any(file => IsIn(file, path)));

    /// <summary>Whether something has read a file, and nothing else has: no other project, and its own for no other purpose.</summary>
    public bool IsReadOnce(string path) => _files.Contains(path) && !_readTwice.Contains(path);

    /// <summary>Whether a path may be a source that has come since.</summary>
    public bool MayBeNew(string path) =>
        !_files.Contains(path) && _extensions.Contains(Path.GetExtension(path)) && !IsOwn(path) && IsOfProject(path) && File.Exists(path);

    /// <summary>Whether the build has seen a file with the contents that it has now, or is not known to look at it.</summary>
    public bool HasSeen(string path) => _purposeless.Contains(path)
        || (_compiled.TryGetValue(path, out string? hash) && string.Equals(hash, HashOf(path), StringComparison.OrdinalIgnoreCase));

    /// <summary>Files are about to be compiled as they are now.</summary>
    public void See(IEnumerable<string> paths)
    {
        foreach (string path in paths.Where(_compiled.ContainsKey))
        {
            _compiled[path] = HashOf(path) ?? "";
        }
    }

    /// <summary>The directories directly in one that may get sources.</summary>
    public IEnumerable<string> Below(string directory)
    {
        try
        {
            return [.. Directory.GetDirectories(directory).Where(path => IsOfProject(path) && !IsOwn(path) && !SourceNames.IsLeftOut(Path.GetFileName(path)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>In a project's directory, and not where tools keep what is theirs.</summary>
    private bool IsOfProject(string path) =>
        _projects.Exists(project => s_paths.Equals(path, project) || (IsIn(path, project) && SourceNames.IsSource(Path.GetRelativePath(project, path))));

    private bool IsOwn(string path) => _own.Exists(own => IsIn(path, own));

    private static bool IsIn(string path, string directory) =>
        path.StartsWith(directory, StringComparison.OrdinalIgnoreCase)
        && (path.Length == directory.Length || path[directory.Length] == Path.DirectorySeparatorChar);

    /// <summary>The SHA-256 of a file, in hexadecimal; null if it cannot be read.</summary>
    public static string? HashOf(string path)
    {
        try
        {
            var hash = new Sha256();
            using FileStream file = File.OpenRead(path);
            byte[] buffer = new byte[1 << 16];
            int read;
            while ((read = file.Read(buffer)) > 0)
            {
                hash.Append(buffer.AsSpan(0, read));
            }

            return Convert.ToHexString(hash.Finish());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
