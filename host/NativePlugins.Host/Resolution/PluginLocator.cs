using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Resolution;

/// <summary>Finds the library that a name or path stands for. Thread-safe.</summary>
/// <remarks>Directories are listed only if the name is not found; each candidate costs one status call.</remarks>
internal sealed class PluginLocator
{
    private readonly FileSystem _system;
    private readonly PluginSearch _search;
    private readonly SearchPath _searchPath;
    private readonly FileTrust _trust;

    public PluginLocator(
        PluginSearch search, FileSystem? system = null, Func<string, string?>? environment = null, string? hostDirectory = null)
    {
        _system = system ?? FileSystem.Current;
        _search = search;
        hostDirectory ??= ApplicationDirectory.Find(_system);
        string? variable = search.IncludeEnvironment
            ? (environment ?? ProcessEnvironment.Current.Get)(PluginSearch.EnvironmentVariable)
            : null;
        _searchPath = new SearchPath(search, variable, hostDirectory, _system);
        _trust = new FileTrust(_system, hostDirectory);
    }

    /// <summary>The directories in which names are looked up, in order. They need not exist.</summary>
    /// <exception cref="PluginSearchPathException">An element is empty or relative.</exception>
    public IReadOnlyList<string> SearchDirectories() => _searchPath.Directories();

    /// <exception cref="PluginNameException">The name is empty or contains a NUL.</exception>
    /// <exception cref="PluginSearchPathException">An element of the search path is empty or relative.</exception>
    /// <exception cref="PluginNotFoundException">There is no such file.</exception>
    /// <exception cref="PluginAmbiguousException">One directory holds two different files of that name.</exception>
    /// <exception cref="PluginNotRegularFileException">The path leads to something other than a file.</exception>
    /// <exception cref="PluginFileAccessException">The system refused to look at the path.</exception>
    /// <exception cref="PluginDirectoryNotTrustedException">Others may change the library or its directory.</exception>
    public ResolvedPlugin Locate(string nameOrPath)
    {
        if (string.IsNullOrEmpty(nameOrPath) || nameOrPath.Contains('\0', StringComparison.Ordinal))
        {
            throw new PluginNameException(new PluginFailure("A plugin needs a name or a path.")
            {
                Expected = "a name such as hello_world, or a path such as ./libhello_world.so",
                Found = string.IsNullOrEmpty(nameOrPath) ? "an empty text" : UntrustedText.Quote(nameOrPath),
            });
        }

        return IsPath(nameOrPath) ? LocatePath(nameOrPath) : LocateName(nameOrPath);
    }

    /// <summary>Every file in the search directories that may be a plugin by its name, in search order.</summary>
    /// <exception cref="PluginSearchPathException">An element of the search path is empty or relative.</exception>
    public IEnumerable<PluginFileCandidate> Enumerate()
    {
        foreach (string directory in _searchPath.Directories())
        {
            foreach (string path in PluginDirectoryListing.Libraries(directory, _system))
            {
                string parent = Path.GetDirectoryName(path)!;
                FileError error = Examine(path, directory, out ResolvedPlugin? _, out string? trustProblem);
                string? problem = error.IsNone || FileFailures.IsUndecodable(path, error) ? trustProblem : "it cannot be looked at";
                yield return new PluginFileCandidate(path, PluginFileName.StemOf(Path.GetFileName(path)), parent, problem);
            }
        }
    }

    private static bool IsPath(string nameOrPath) =>
        nameOrPath is "." or ".." || nameOrPath.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
        || nameOrPath.Contains(Path.AltDirectorySeparatorChar, StringComparison.Ordinal);

    private ResolvedPlugin LocateName(string typed)
    {
        PluginFileName name = PluginFileName.Parse(typed);
        List<string> inDirectory = name.InPluginDirectory(_system);
        List<string> inOwnFolder = name.InOwnFolder(_system);
        List<string> directories = _searchPath.Directories();
        foreach (string directory in directories)
        {
            string? found = FindOne(directory, inDirectory, typed) ?? FindOne(directory, inOwnFolder, typed);
            if (found is not null)
            {
                return Accept(found, directory);
            }
        }

        throw ResolutionFailures.NotFound(name, directories, [.. inDirectory, .. inOwnFolder], _system);
    }

    /// <summary>The regular file that has one of the names. The typed name takes precedence.</summary>
    private string? FindOne(string directory, List<string> names, string typed)
    {
        string? found = null;
        FileStatus foundStatus = default;
        foreach (string name in names)
        {
            string path = Path.Join(directory, name);
            if (!_system.GetStatus(path, followLinks: true, out FileStatus status).IsNone || !status.IsRegular)
            {
                continue;
            }

            if (ReferenceEquals(name, typed))
            {
                return path;
            }

            if (found is null)
            {
                (found, foundStatus) = (path, status);
            }
            else if (!status.IsSameFileAs(foundStatus))
            {
                throw ResolutionFailures.Ambiguous(typed, found, path);
            }
        }

        return found;
    }

    private ResolvedPlugin LocatePath(string path)
    {
        string full = Absolute(path);
        FileError error = _system.GetStatus(full, followLinks: true, out FileStatus status);
        if (FileFailures.IsUndecodable(full, error))
        {
            throw Refusals.Of(FileFailures.NotUnicode(full));
        }

        if (error.Kind == FileErrorKind.NotFound)
        {
            throw ResolutionFailures.PathNotFound(full, _system);
        }

        if (!error.IsNone)
        {
            throw Refusals.Of(FileFailures.Access(full, error));
        }

        return status.IsRegular ? Accept(full, null) : throw Refusals.Of(FileFailures.NotRegular(full, status));
    }

    /// <summary>Leaves two dots to the system: after a symbolic link they do not mean the directory before the link.</summary>
    private string Absolute(string path)
    {
        try
        {
            if (!path.Contains("..", StringComparison.Ordinal))
            {
                return Path.GetFullPath(path);
            }

            string joined = Path.IsPathFullyQualified(path) ? path : Path.Join(Environment.CurrentDirectory, path);
            string? parent = Path.GetDirectoryName(joined);
            return parent is not null && Path.GetFileName(joined) is not ("" or "..")
                && _system.GetRealPath(parent, out string realParent).IsNone
                ? Path.Join(realParent, Path.GetFileName(joined))
                : joined;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusals.Of(FileFailures.Access(path, e));
        }
    }

    private ResolvedPlugin Accept(string installedPath, string? searchDirectory)
    {
        FileError error = Examine(installedPath, searchDirectory, out ResolvedPlugin? plugin, out string? trustProblem);
        if (!error.IsNone)
        {
            throw Refusals.Of(FileFailures.Access(installedPath, error));
        }

        return trustProblem is null || _search.AllowUntrustedDirectories
            ? plugin!
            : throw ResolutionFailures.NotTrusted(installedPath, trustProblem);
    }

    private FileError Examine(string installedPath, string? searchDirectory, out ResolvedPlugin? plugin, out string? trustProblem)
    {
        plugin = null;
        trustProblem = null;
        FileStatus status = default;
        FileError error = _system.GetRealPath(installedPath, out string real);
        error = error.IsNone ? _system.GetStatus(real, followLinks: true, out status) : error;
        if (!error.IsNone)
        {
            return error;
        }

        string directory = Path.GetDirectoryName(real) ?? real;
        string stem = PluginFileName.StemOf(Path.GetFileName(installedPath));
        plugin = new ResolvedPlugin(real, stem, directory, installedPath);
        trustProblem = _trust.FindProblem(real, status, directory, Path.GetDirectoryName(installedPath), searchDirectory);
        return FileError.None;
    }
}
