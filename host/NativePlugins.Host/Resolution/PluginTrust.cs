namespace NativePlugins.Host;

/// <summary>Whether users other than this one and the administrator can change what would be loaded.</summary>
/// <remarks>
/// The owner of the host's own directory counts as trusted too: who can replace the host needs no plugin. That is
/// the case of a container whose root runs what a mounted directory's owner built. Not in secure execution: what replaces the host
/// then has no more rights than anybody's program.
/// </remarks>
internal sealed class PluginTrust(HostSystem system, string hostDirectory)
{
    /// <summary>The first of the library and the directories on the way to it that others may change, or null.</summary>
    /// <param name="library">The library itself, without links.</param>
    /// <param name="status">The library's.</param>
    /// <param name="directories">Each may be named more than once.</param>
    public string? FindProblem(string library, in FileStatus status, params ReadOnlySpan<string?> directories)
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

        return FindProblem(library, status) is { } own ? $"library {UntrustedText.Quote(library)}: {own}" : null;
    }

    private string? FindProblem(string path, in FileStatus status)
    {
        FileProtection protection = system.GetProtection(path, status);
        return !protection.IsWritableByOthers && (protection.IsOwnerTrusted || IsOwnerOfHost(protection.Owner)) ? null : protection.Description;
    }

    private bool IsOwnerOfHost(string owner) => !system.IsSecureExecution
        && system.GetStatus(hostDirectory, followLinks: true, out FileStatus host).IsNone && system.GetProtection(hostDirectory, host).Owner == owner;
}
