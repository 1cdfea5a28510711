using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Files;

/// <summary>Writes the refusals of a file as such, whatever its content.</summary>
internal static class FileFailures
{
    public static BinaryReason NotRegular(string path, in FileStatus status) =>
        new(BinaryErrors.NotRegularFile, $"{UntrustedText.Quote(path)} is {status.DescribeKind()}.")
        {
            Expected = "a regular file",
            Found = status.DescribeKind(),
        };

    public static BinaryReason Access(string path, FileError error) => error.Kind == FileErrorKind.NotUnicode || IsUndecodable(path, error)
        ? NotUnicode(path)
        : error.Kind == FileErrorKind.NotFound
        ? new BinaryReason(BinaryErrors.NotFound, $"There is no file {UntrustedText.Quote(path)}.")
        {
            Expected = "a regular file at that path",
            Found = error.Describe(),
        }
        : new BinaryReason(BinaryErrors.FileAccess, $"The system refused to look at {UntrustedText.Quote(path)}.")
        {
            Expected = "a file that can be read",
            Found = error.Describe(),
        };

    /// <summary>
    /// Whether a file seems to be missing because its name is not UTF-8, which Unix allows: .NET replaces such bytes by U+FFFD, and finds
    /// no file of the resulting name.
    /// </summary>
    public static bool IsUndecodable(string path, FileError error) =>
        error.Kind == FileErrorKind.NotFound && FileSystem.Current.HasNamesOfBytes && path.Contains('\uFFFD', StringComparison.Ordinal);

    public static BinaryReason NotUnicode(string path) =>
        new(BinaryErrors.Name, $"{UntrustedText.Quote(path)} has a name, or leads to one, that is not UTF-8.")
        {
            Expected = "a path in UTF-8",
            Found = "bytes that are not, shown as \uFFFD",
            OwnAdvice = "Rename the file or the directory.",
        };

    public static BinaryReason Access(string path, Exception cause) =>
        new(BinaryErrors.FileAccess, $"{UntrustedText.Quote(path)} could not be read.")
        {
            Expected = "a file that can be read",
            Found = UntrustedText.Escape(cause.Message),
            Cause = cause,
        };

    public static BinaryReason TooShort(string path, string what, ulong needed, ulong size) =>
        new(BinaryErrors.FileTooShort, $"{UntrustedText.Quote(path)} ends before {what} does.")
        {
            Expected = InvariantText.Of($"at least {needed:N0} bytes"),
            Found = size == 0 ? "an empty file" : InvariantText.Of($"{size:N0} bytes"),
        };

    public static BinaryReason Malformed(string path, InvariantText field, InvariantText expected, InvariantText found) =>
        new(BinaryErrors.Malformed, $"{UntrustedText.Quote(path)} is malformed: {field.ToText()}.")
        {
            Expected = expected.ToText(),
            Found = found.ToText(),
        };
}
