namespace NativePlugins.Host;

/// <summary>Words the refusals of a library for what it needs.</summary>
internal static class DependencyFailures
{
    public static PluginDependencyBrokenException Broken(BinaryImage image, NeededLibrary library, PluginException problem) =>
        new(new PluginFailure($"{Needs(image, library)}, and the file that is found for it cannot be loaded.")
        {
            Expected = $"{UntrustedText.Quote(library.Name)}, for {image.Target.Describe()}, in the first place that has a file of that name",
            Found = $"{problem.Code}, {problem.Summary} Expected: {problem.Expected}. Found: {problem.Found}.",
            Cause = problem,
        });

    public static PluginCurrentDirectoryException CurrentDirectory(BinaryImage image, NeededLibrary library, string place) =>
        new(new PluginFailure($"{Needs(image, library)}, which is looked for relative to the current directory.")
        {
            Expected = "places that do not depend on the current directory",
            Found = library.Location?.Path is { } path ? $"{place}, and so {UntrustedText.Quote(path)}" : place,
        });

    public static PluginDirectoryNotTrustedException NotTrusted(BinaryImage image, NeededLibrary library, string problem) =>
        new(new PluginFailure($"{Needs(image, library)}, and others may change what is loaded for it.")
        {
            Expected = "a library and a directory that only their owner, this user or the administrator, may write to",
            Found = problem,
        });

    public static PluginExecutableStackException ExecutableStack(BinaryImage image, NeededLibrary library, BinaryImage found) =>
        new(new PluginFailure($"{Needs(image, library)}, and that one wants an executable stack.")
        {
            Expected = "libraries that need none",
            Found = $"no PT_GNU_STACK header in {UntrustedText.Quote(found.Path)}, or one with the permission to execute",
        });

    /// <summary>Who needs what, through whom.</summary>
    private static string Needs(BinaryImage image, NeededLibrary library) => ReferenceEquals(image, library.NeededBy)
        ? $"{UntrustedText.Quote(image.Path)} needs {UntrustedText.Quote(library.Name)}"
        : $"{UntrustedText.Quote(image.Path)} needs {UntrustedText.Quote(library.NeededBy.Path)}, which needs {UntrustedText.Quote(library.Name)}";
}
