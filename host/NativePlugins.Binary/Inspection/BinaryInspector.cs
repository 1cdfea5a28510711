using NativePlugins.Binary.Files;
using NativePlugins.Binary.Inspection;

namespace NativePlugins.Binary;

/// <summary>
/// Looks into binary files of any of the three formats, on any system, without running or mapping them. It is the code
/// that guards the loading of <c>NativePlugins.Host</c>: what it refuses first is what loading would say. Thread-safe.
/// </summary>
public static class BinaryInspector
{
    /// <summary>Inspects one file. A file that cannot be read is no exception: the verdict says so.</summary>
    /// <param name="path">Absolute, or relative to the current directory.</param>
    /// <param name="options">Default (null): those of a new <see cref="BinaryInspectionOptions"/>.</param>
    /// <exception cref="ArgumentException">
    /// The path is empty or contains a NUL character, or does not lie below <see cref="BinaryInspectionOptions.Root"/>.
    /// </exception>
    public static BinaryInspection Inspect(string path, BinaryInspectionOptions? options = null) =>
        CreateInspector(options).Inspect(FullPath(path));

    /// <summary>
    /// Inspects several files, each when it is asked for. Libraries that many of them need are read once, so that
    /// this is faster than one by one. The sequence may be walked by one thread at a time.
    /// </summary>
    /// <inheritdoc cref="Inspect"/>
    /// <param name="paths">Absolute, or relative to the current directory.</param>
    /// <param name="options">Default (null): those of a new <see cref="BinaryInspectionOptions"/>.</param>
    public static IEnumerable<BinaryInspection> InspectAll(IEnumerable<string> paths, BinaryInspectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        Inspector inspector = CreateInspector(options);
        return paths.Select(path => inspector.Inspect(FullPath(path)));
    }

    private static Inspector CreateInspector(BinaryInspectionOptions? options) =>
        new(options ?? new BinaryInspectionOptions(), FileSystem.Current, StartEnvironment.LibraryPath);

    private static string FullPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return path.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("A path cannot contain a NUL character.", nameof(path))
            : Path.GetFullPath(path);
    }
}
