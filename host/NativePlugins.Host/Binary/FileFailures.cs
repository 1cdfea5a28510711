namespace NativePlugins.Host;

/// <summary>Words the refusals of a file as such, whatever is in it.</summary>
internal static class FileFailures
{
    public static PluginNotRegularFileException NotRegular(string path, in FileStatus status) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} is {status.DescribeKind()}.")
        {
            Expected = "a regular file",
            Found = status.DescribeKind(),
        });

    public static PluginException Access(string path, FileError error) => error.Kind == FileErrorKind.NotUnicode || IsUndecodable(path, error)
        ? NotUnicode(path)
        : error.Kind == FileErrorKind.NotFound
        ? new PluginNotFoundException(new PluginFailure($"There is no file {UntrustedText.Quote(path)}.")
        {
            Expected = "a regular file at that path",
            Found = error.Describe(),
        })
        : new PluginFileAccessException(new PluginFailure($"The system refused to look at {UntrustedText.Quote(path)}.")
        {
            Expected = "a file that can be read",
            Found = error.Describe(),
        });

    /// <summary>
    /// Whether a file is missing because its name is not UTF-8, as Unix allows: .NET shows such bytes as U+FFFD, and finds no
    /// file of the name that results.
    /// </summary>
    public static bool IsUndecodable(string path, FileError error) =>
        error.Kind == FileErrorKind.NotFound && HostSystem.Current.HasNamesOfBytes && path.Contains('\uFFFD', StringComparison.Ordinal);

    public static PluginNameException NotUnicode(string path) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} has a name, or leads to one, that is not UTF-8.")
        {
            Expected = "a path in UTF-8",
            Found = "bytes that are not, shown as \uFFFD",
            Advice = "Rename the file or the directory.",
        });

    public static PluginFileAccessException Access(string path, Exception cause) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} could not be read.")
        {
            Expected = "a file that can be read",
            Found = UntrustedText.Escape(cause.Message),
            Cause = cause,
        });

    public static PluginFileTooShortException TooShort(string path, string what, ulong needed, ulong size) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} ends before {what} does.")
        {
            Expected = InvariantText.Of($"at least {needed:N0} bytes"),
            Found = size == 0 ? "an empty file" : InvariantText.Of($"{size:N0} bytes"),
        });

    public static PluginMalformedException Malformed(string path, InvariantText field, InvariantText expected, InvariantText found) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} is malformed: {field.ToText()}.")
        {
            Expected = expected.ToText(),
            Found = found.ToText(),
        });
}
