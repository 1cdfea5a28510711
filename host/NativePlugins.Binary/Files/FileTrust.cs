using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Files;

/// <summary>Whether users other than this one and the administrator can change what would be loaded.</summary>
/// <remarks>
/// The owner of the application's own directory is trusted too: that user can replace the application, and needs no library to attack it.
/// An example is a container in which root runs what the owner of a mounted directory built. This does not hold in secure execution: a
/// program that replaces the application would have no special rights.
/// </remarks>
/// <param name="system">The system's files.</param>
/// <param name="applicationDirectory">The application's own directory.</param>
/// <param name="kind">What the file is that is asked about.</param>
internal sealed class FileTrust(FileSystem system, string applicationDirectory, string kind = "library")
{
    /// <summary>The first that others may change, among the directories on the way to the file and the file itself; or null.</summary>
    /// <param name="file">The file itself, without links.</param>
    /// <param name="status">The file's.</param>
    /// <param name="directories">Each may be named more than once.</param>
    public string? FindProblem(string file, in FileStatus status, params ReadOnlySpan<string?> directories)
    {
        for (int i = 0; i < directories.Length; i++)
        {
            string? directory = directories[i];
            if (directory is null || directories[..i].Contains(directory))
            {
                continue;
            }

            if (!system.GetStatus(directory, followLinks: true, out FileStatus directoryStatus).IsNone)
            {
                return $"directory {UntrustedText.Quote(directory)}, of which the system tells nothing";
            }

            if (FindProblem(directory, directoryStatus) is { } problem)
            {
                return $"directory {UntrustedText.Quote(directory)}: {problem}";
            }
        }

        return FindProblem(file, status) is { } own ? $"{kind} {UntrustedText.Quote(file)}: {own}" : null;
    }

    private string? FindProblem(string path, in FileStatus status)
    {
        FileProtection protection = system.GetProtection(path, status);
        return !protection.IsWritableByOthers && (protection.IsOwnerTrusted || IsOwnerOfApplication(protection.Owner)) ? null : protection.Description;
    }

    private bool IsOwnerOfApplication(string owner) => !system.IsSecureExecution
        && system.GetStatus(applicationDirectory, followLinks: true, out FileStatus own).IsNone && system.GetProtection(applicationDirectory, own).Owner == owner;
}
