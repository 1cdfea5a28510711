using System.Text;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Resolution;

/// <summary>Writes the refusals of <see cref="PluginLocator"/>. Only this code lists directories to find what was meant.</summary>
internal static class ResolutionFailures
{
    public static PluginNotFoundException NotFound(
        PluginFileName name, List<string> directories, List<string> fileNames, FileSystem system)
    {
        var tried = new StringBuilder();
        foreach (string directory in directories)
        {
            foreach (string fileName in fileNames)
            {
                AppendTried(tried, Path.Join(directory, fileName), system);
            }
        }

        string? nearest = EditDistance.FindNearest(name.Stem, StemsIn(directories, system));
        return new PluginNotFoundException(new PluginFailure($"There is no plugin {UntrustedText.Quote(name.Typed)}.")
        {
            Expected = directories.Count == 0
                ? "a plugin directory to look in; there is none"
                : "a regular file at one of these paths",
            Found = tried.Length == 0 ? null : $"none of\n{tried}",
            Advice = nearest is null ? null : $"Did you mean {UntrustedText.Quote(nearest)}? {PluginErrors.NotFound.Advice}",
        });
    }

    public static PluginNotFoundException PathNotFound(string path, FileSystem system)
    {
        var tried = new StringBuilder();
        AppendTried(tried, path, system);
        string? directory = Path.GetDirectoryName(path);
        string? nearest = null;
        if (directory is not null)
        {
            string stem = PluginFileName.StemOf(Path.GetFileName(path));
            string? nearestStem = EditDistance.FindNearest(stem, StemsIn([directory], system));
            nearest = FirstLibrary(directory, nearestStem, system);
        }

        return new PluginNotFoundException(new PluginFailure($"There is no file {UntrustedText.Quote(path)}.")
        {
            Expected = "a regular file at that path; a name with a directory separator is a path",
            Found = tried.ToString(),
            Advice = nearest is null ? null : $"Did you mean {UntrustedText.Quote(nearest)}?",
        });
    }

    public static PluginAmbiguousException Ambiguous(string typed, string first, string second) =>
        new(new PluginFailure($"The name {UntrustedText.Quote(typed)} fits two files in one directory.")
        {
            Expected = "one file, or one that is named exactly as typed",
            Found = $"{UntrustedText.Quote(first)}\n{UntrustedText.Quote(second)}",
        });

    public static PluginDirectoryNotTrustedException NotTrusted(string path, string problem) =>
        new(new PluginFailure($"Others may change what {UntrustedText.Quote(path)} loads.")
        {
            Expected = "a directory and a library that only their owner may write to (on Unix mode go-w), owned by you or by the administrator",
            Found = problem,
        });

    private static void AppendTried(StringBuilder tried, string path, FileSystem system)
    {
        if (tried.Length > 0)
        {
            tried.Append('\n');
        }

        tried.Append(UntrustedText.Escape(path));
        FileError error = system.GetStatus(path, followLinks: true, out FileStatus status);
        if (error.IsNone)
        {
            tried.Append(" (").Append(status.DescribeKind()).Append(')');
        }
        else if (error.Kind != FileErrorKind.NotFound)
        {
            tried.Append(" (").Append(error.Describe()).Append(')');
        }
        else if (system.GetStatus(path, followLinks: false, out FileStatus link).IsNone && link.Kind == FileKind.SymbolicLink)
        {
            tried.Append(" (a symbolic link to nothing)");
        }
    }

    private static IEnumerable<string> StemsIn(List<string> directories, FileSystem system)
    {
        foreach (string directory in directories)
        {
            foreach (string path in PluginDirectoryListing.Libraries(directory, system))
            {
                yield return PluginFileName.StemOf(Path.GetFileName(path));
            }
        }
    }

    private static string? FirstLibrary(string directory, string? stem, FileSystem system)
    {
        foreach (string path in PluginDirectoryListing.Libraries(directory, system))
        {
            if (stem is not null && PluginFileName.StemOf(Path.GetFileName(path)) == stem)
            {
                return path;
            }
        }

        return null;
    }
}
