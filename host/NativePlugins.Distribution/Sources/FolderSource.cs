using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Packages;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>A folder with packages in it, <c>&lt;id&gt;.&lt;version&gt;.nupkg</c>: a folder feed of NuGet's. Thread-safe.</summary>
/// <param name="path">The folder; relative to the current directory, or absolute.</param>
public sealed class FolderSource(string path) : PluginSource
{
    private const string Extension = ".nupkg";

    private readonly string _path = Path.GetFullPath(path);

    /// <summary>The folder's absolute path.</summary>
    public override string Name => _path;

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<string>> FindVersionsAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // The id is valid, so that it has no wildcards.
            string[] versions =
            [
                .. Directory.EnumerateFiles(_path, $"{id}.*{Extension}")
                    .Select(file => Path.GetFileName(file)[(id.Length + 1)..^Extension.Length]).Where(PackageId.IsValidVersion),
            ];
            return new(versions);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackageSourceException(new PluginFailure($"the source {UntrustedText.Quote(_path)} cannot be read")
            {
                Expected = "a folder with packages",
                Found = e is DirectoryNotFoundException ? "no such folder" : UntrustedText.Escape(e.Message),
                Cause = e,
            });
        }
    }

    /// <inheritdoc/>
    public override ValueTask<Stream> OpenAsync(string id, string version, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string package = Path.Combine(_path, $"{id}.{version}{Extension}");
        FileError error = FileSystem.Current.OpenToRead(package, out SafeFileHandle? handle, out FileStatus status);
        return error.IsNone && handle is not null ? new(new FileStream(handle, FileAccess.Read))
            : throw new PackageSourceException(new PluginFailure($"the package {UntrustedText.Quote(package)} cannot be read")
            {
                Expected = "a regular file that can be read",
                Found = error.IsNone ? status.DescribeKind() : error.Describe(),
            });
    }
}
