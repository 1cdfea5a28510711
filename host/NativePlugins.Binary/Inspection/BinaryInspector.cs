using NativePlugins.Binary.Files;
using NativePlugins.Binary.Inspection;

namespace NativePlugins.Binary;

/// <summary>
/// Looks into binary files of any of the three formats, on any system, without running or mapping them. The same code guards loading in
/// <c>NativePlugins.Host</c>: the first reason here is the one that loading would report. Thread-safe.
/// </summary>
public static class BinaryInspector
{
    /// <summary>Inspects one file. If the file cannot be read, nothing is thrown: the verdict says so.</summary>
    /// <param name="path">Absolute, or relative to the current directory.</param>
    /// <param name="options">Default (null): those of a new <see cref="BinaryInspectionOptions"/>.</param>
    /// <exception cref="ArgumentException">
    /// The path is empty or contains a NUL character, or does not lie below <see cref="BinaryInspectionOptions.Root"/>.
    /// </exception>
    public static BinaryInspection Inspect(string path, BinaryInspectionOptions? options = null) =>
        CreateInspector(options).Inspect(FullPath(path));

    /// <summary>
    /// Inspects several files, each at the moment when the sequence reaches it. A library that many of them need is read once, which is
    /// faster than inspecting one by one. Only one thread at a time may walk the sequence.
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
