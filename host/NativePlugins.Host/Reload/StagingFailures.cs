namespace NativePlugins.Host;

/// <summary>Words the refusals of a staging directory, by the system's error numbers.</summary>
internal static class StagingFailures
{
    public static PluginException From(string path, Exception e) => HostSystem.Current.ErrorOf(e).Kind switch
    {
        FileErrorKind.ReadOnlyFileSystem => new PluginStagingReadOnlyException(Describe(
            path, "a file system that can be written to", $"{Mount(path)}, mounted read-only", e)),
        FileErrorKind.NoSpace => new PluginStagingFullException(Describe(
            path, "room for a copy of the plugin's files", $"{Mount(path)} is full: {UntrustedText.Escape(e.Message)}", e)),
        _ => new PluginStagingException(Describe(
            path, "a directory in which this user may make files", UntrustedText.Escape(e.Message), e)),
    };

    public static PluginException NoExec(string path, string mountPoint) =>
        new PluginMountNoExecException(new PluginFailure(
            $"the staging directory {UntrustedText.Quote(path)} lies on a file system that does not allow code")
        {
            Expected = "a file system that is mounted with exec",
            Found = $"{UntrustedText.Quote(mountPoint)}, mounted with noexec",
            Advice = "Name a place on another file system: PluginReloadOptions.StagingDirectory.",
        });

    public static PluginException NotPrivate(string path, string found) =>
        new PluginStagingException(new PluginFailure(
            $"the staging directory {UntrustedText.Quote(path)} is not this user's alone")
        {
            Expected = "a directory, owned by this user, to which nobody else may write",
            Found = found,
        });

    public static PluginException NotPrivateInSecureExecution(string path, string found) =>
        new PluginSecureExecutionException(new PluginFailure(
            $"the staging directory {UntrustedText.Quote(path)} is that of the user who started this program, who has fewer rights than it")
        {
            Expected = "a directory of a user with the program's rights: who may change the copies decides what runs with them",
            Found = found,
            Advice = "Make the program set-user-id to a user of its own instead of giving it capabilities, or load plugins without reload.",
        });

    public static PluginException Changed(string path, string found) =>
        new PluginSourceChangedException(new PluginFailure($"{UntrustedText.Quote(path)} changed while it was copied")
        {
            Expected = "a file that stays as it is",
            Found = found,
        });

    /// <summary>
    /// The refusal of a copy that lacks what lies beside the installed plugin, because no manifest lists it: names what to write.
    /// Null where that is not why.
    /// </summary>
    public static PluginException? LeftBehind(VerifiedPlugin plugin, PluginDependencyMissingException refusal)
    {
        if (plugin.Staged is not { } staged)
        {
            return null;
        }

        string directory = plugin.File.Directory;
        HashSet<string> copied = [.. staged.Files.Select(file => file.Name)];
        string[] missing;
        try
        {
            BinaryImage installed = Preflight.Read(plugin.File.Path, HostSystem.Current);
            missing =
            [
                .. DependencyResolver.OfThisProcess(HostSystem.Current, StartEnvironment.LibraryPath).ReadTree(installed).Images.Skip(1)
                    .Select(image => Path.GetRelativePath(directory, image.Path).Replace(Path.DirectorySeparatorChar, '/'))
                    .Where(name => !name.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(name) && !copied.Contains(name)),
            ];
        }
        catch (PluginException)
        {
            return null;
        }

        if (missing.Length == 0)
        {
            return null;
        }

        string manifest = PluginManifest.PathFor(plugin.File.Path);
        string list = string.Join(", ", missing.Select(name => $"\"{UntrustedText.Escape(name)}\""));
        return new PluginDependencyMissingException(new PluginFailure(
            $"{UntrustedText.Quote(plugin.File.Path)} needs what lies beside it, and its private copy was made without")
        {
            Expected = $"a manifest that lists {list}: a reloadable plugin runs from a copy of its files",
            Found = plugin.Manifest is null ? "no manifest, so that the library alone was copied" : "a manifest that does not list it",
            Advice = plugin.Manifest is null
                ? $"Write the manifest (host manifest {UntrustedText.Escape(plugin.File.Path)}), and in {UntrustedText.Escape(Path.GetFileName(manifest))} set \"files\": [{list}]."
                : $"Add it in {UntrustedText.Escape(Path.GetFileName(manifest))}: \"files\": [{list}].",
            Cause = refusal,
        });
    }

    public static PluginException SourceUnreadable(string path, string found) =>
        new PluginStagingException(new PluginFailure(
            $"{UntrustedText.Quote(path)}, a file of the plugin's, cannot be copied")
        {
            Expected = "a regular file that can be read, as the manifest lists it",
            Found = found,
            Advice = "Install the plugin with all its files, or mend the manifest.",
        });

    private static PluginFailure Describe(string path, string expected, string found, Exception cause) =>
        new($"the plugin could not be copied to {UntrustedText.Quote(path)}") { Expected = expected, Found = found, Cause = cause };

    private static string Mount(string path) =>
        HostSystem.Current.FindMountPoint(path) is string mount ? UntrustedText.Quote(mount) : "its file system";
}
