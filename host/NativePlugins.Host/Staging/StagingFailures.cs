using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Staging;

/// <summary>Writes the refusals of a staging directory, by the system's error numbers.</summary>
internal static class StagingFailures
{
    public static PluginException From(string path, Exception e) => FileSystem.Current.ErrorOf(e).Kind switch
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

    /// <param name="path">The file.</param>
    /// <param name="expected">What it should be; null if the plugin has no such file.</param>
    /// <param name="found">What is there instead.</param>
    public static PluginException Differs(string path, PluginFileDigest? expected, string found) =>
        new PluginFileDiffersException(new PluginFailure($"{UntrustedText.Quote(path)} is not as it was installed")
        {
            Expected = expected is null
                ? "no such file: it is none of those of which the plugin may consist"
                : InvariantText.Of($"{expected.Size:N0} bytes with the SHA-256 {UntrustedText.Escape(expected.Sha256)}"),
            Found = found,
        });

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
        FileSystem.Current.FindMountPoint(path) is string mount ? UntrustedText.Quote(mount) : "its file system";
}
