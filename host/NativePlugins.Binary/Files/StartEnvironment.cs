using System.Text;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Files;

/// <summary>
/// The environment with which this process was started. The system's loader reads its variables at that time; a later change means nothing
/// to it.
/// </summary>
internal static class StartEnvironment
{
    private const string Location = "/proc/self/environ";
    private const string Variable = "LD_LIBRARY_PATH";

    private static readonly Lazy<string?> s_libraryPath = new(FindLibraryPath);

    /// <summary>
    /// Where the loader looks for libraries first: <c>LD_LIBRARY_PATH</c>, on macOS <c>DYLD_LIBRARY_PATH</c>. Null if it was not set. Only
    /// Linux tells its value at the start; elsewhere this is the present value.
    /// </summary>
    public static string? LibraryPath => s_libraryPath.Value;

    /// <summary>
    /// What the variable holds now, in words, if that is not what the loader goes by: it was set or removed after the start. Null otherwise.
    /// </summary>
    public static string? DescribeLaterLibraryPath()
    {
        string? now = Environment.GetEnvironmentVariable(Variable);
        return FileSystem.Current.LibraryFormat != BinaryFormat.Elf || FileSystem.Current.IsSecureExecution || (now ?? "") == (LibraryPath ?? "") ? null
            : $"{Variable} {(now is null ? "is no longer set" : $"is now {UntrustedText.Quote(now)}")}, but the loader goes by its value when the process started: "
                + (LibraryPath is null ? "it was not set" : UntrustedText.Quote(LibraryPath));
    }

    /// <summary>
    /// The value of a variable among entries that each end with NUL. If it occurs several times the last one counts, as for the loader.
    /// </summary>
    internal static string? Find(ReadOnlySpan<byte> entries, string name)
    {
        byte[] prefix = Encoding.UTF8.GetBytes(name + "=");
        string? found = null;
        while (!entries.IsEmpty)
        {
            int end = entries.IndexOf((byte)0);
            ReadOnlySpan<byte> entry = end < 0 ? entries : entries[..end];
            found = entry.StartsWith(prefix) ? Encoding.UTF8.GetString(entry[prefix.Length..]) : found;
            entries = end < 0 ? default : entries[(end + 1)..];
        }

        return found;
    }

    private static string? FindLibraryPath()
    {
        if (FileSystem.Current.LibraryFormat != BinaryFormat.Elf)
        {
            return Environment.GetEnvironmentVariable(FileSystem.Current.LibraryFormat == BinaryFormat.MachO ? "DYLD_LIBRARY_PATH" : Variable);
        }

        try
        {
            // Where a program has more rights than its user, that user has no say in where libraries are found.
            return FileSystem.Current.IsSecureExecution ? null : Find(File.ReadAllBytes(Location), Variable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Environment.GetEnvironmentVariable(Variable);
        }
    }
}
