using NativePlugins.Host.Platform;

namespace NativePlugins.Cli;

/// <summary>Where a project is built to: a directory of this process's. What processes that were killed have left is removed first.</summary>
/// <remarks>
/// Below the user's own data, not among everybody's temporary files: nobody else can have put there what is removed.
/// </remarks>
internal static class BuildDirectory
{
    /// <param name="root">For tests; null for the place of this user.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static ProcessDirectory Create(string? root = null)
    {
        root ??= Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "native-plugins-watch");
        ProcessSystem.Current.MakePrivateDirectory(root);
        return ProcessDirectory.Create(root, ProcessSystem.Current.MakePrivateDirectory);
    }
}
