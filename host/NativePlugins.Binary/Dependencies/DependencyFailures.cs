using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Dependencies;

/// <summary>Writes the refusals of a library because of what it needs.</summary>
internal static class DependencyFailures
{
    public static BinaryReason Broken(BinaryImage image, NeededLibrary library, BinaryReason problem) =>
        new(BinaryErrors.DependencyBroken, $"{Needs(image, library)}, and the file that is found for it cannot be loaded.")
        {
            Expected = $"{UntrustedText.Quote(library.Name)}, for {image.Target.Describe()}, in the first place that has a file of that name",
            Found = $"{problem.Code}, {problem.Message} Expected: {problem.Expected}. Found: {problem.Found}.",
            Origin = problem,
        };

    public static BinaryReason CurrentDirectory(BinaryImage image, NeededLibrary library, string place) =>
        new(BinaryErrors.CurrentDirectory, $"{Needs(image, library)}, which is looked for relative to the current directory.")
        {
            Expected = "places that do not depend on the current directory",
            Found = library.Location?.Path is { } path ? $"{place}, and so {UntrustedText.Quote(path)}" : place,
        };

    public static BinaryReason NotTrusted(BinaryImage image, NeededLibrary library, string problem) =>
        new(BinaryErrors.DirectoryNotTrusted, $"{Needs(image, library)}, and others may change what is loaded for it.")
        {
            Expected = "a library and a directory that only their owner, this user or the administrator, may write to",
            Found = problem,
        };

    public static BinaryReason ExecutableStack(BinaryImage image, NeededLibrary library, BinaryImage found) =>
        new(BinaryErrors.ExecutableStack, $"{Needs(image, library)}, and that one wants an executable stack.")
        {
            Expected = "libraries that need none",
            Found = $"no PT_GNU_STACK header in {UntrustedText.Quote(found.Path)}, or one with the permission to execute",
        };

    /// <summary>The chain from the library to the needed one, in words.</summary>
    private static string Needs(BinaryImage image, NeededLibrary library) => ReferenceEquals(image, library.NeededBy)
        ? $"{UntrustedText.Quote(image.Path)} needs {UntrustedText.Quote(library.Name)}"
        : $"{UntrustedText.Quote(image.Path)} needs {UntrustedText.Quote(library.NeededBy.Path)}, which needs {UntrustedText.Quote(library.Name)}";
}
