using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Resolution;

/// <summary>The directories of a <see cref="PluginSearch"/>, in their order, each checked to be absolute.</summary>
internal sealed class SearchPath(PluginSearch search, string? environmentValue, string hostDirectory, FileSystem system)
{
    /// <exception cref="PluginSearchPathException">An element is empty, relative or contains a NUL.</exception>
    public List<string> Directories()
    {
        var directories = new List<string>(search.Directories.Count + 4);
        foreach (string directory in search.Directories)
        {
            Add(directories, directory, "a plugin directory");
        }

        // A variable that is set to an empty text counts as not set.
        if (search.IncludeEnvironment && !string.IsNullOrEmpty(environmentValue))
        {
            foreach (string element in environmentValue.Split(Path.PathSeparator))
            {
                Add(directories, element, PluginSearch.EnvironmentVariable);
            }
        }

        if (search.IncludeHostDirectory)
        {
            AddOnce(directories, hostDirectory);
            AddOnce(directories, Path.Join(hostDirectory, "plugins"));
        }

        if (search.UserDirectory is not null)
        {
            AddOnce(directories, search.UserDirectory);
        }

        return directories;
    }

    private void Add(List<string> directories, string? element, string source)
    {
        if (string.IsNullOrEmpty(element) || element.Contains('\0', StringComparison.Ordinal)
            || !Path.IsPathFullyQualified(element))
        {
            throw new PluginSearchPathException(new PluginFailure($"An element of {source} is not an absolute directory.")
            {
                Expected = "an absolute directory",
                Found = string.IsNullOrEmpty(element) ? "an empty element" : UntrustedText.Quote(element),
            });
        }

        AddOnce(directories, Path.TrimEndingDirectorySeparator(element));
    }

    private void AddOnce(List<string> directories, string directory)
    {
        if (!directories.Contains(directory, system.PathComparer))
        {
            directories.Add(directory);
        }
    }
}
