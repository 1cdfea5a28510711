using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>
/// What this process takes from its environment. In secure execution that is nothing: a user who starts a program with more rights than the
/// user has also chooses its environment, and so could choose what runs with these rights.
/// </summary>
/// <param name="isSecure">Whether this is secure execution.</param>
/// <param name="read">Reads a variable.</param>
/// <param name="system">The system that knows the user's own directory.</param>
internal sealed class ProcessEnvironment(bool isSecure, Func<string, string?> read, HostSystem system)
{
    /// <summary>The variable for the place of temporary files.</summary>
    public const string TemporaryVariable = "TMPDIR";
    /// <summary>The variable for the place of programs' data.</summary>
    public const string DataVariable = "XDG_DATA_HOME";

    public static ProcessEnvironment Current { get; } =
        new(FileSystem.Current.IsSecureExecution, Environment.GetEnvironmentVariable, HostSystem.Current);

    public bool IsSecure => isSecure;

    /// <summary>The place of temporary files.</summary>
    public string TemporaryDirectory => isSecure ? "/tmp" : Path.GetTempPath();

    /// <summary>The place for data of this user's programs; empty if there is none.</summary>
    public string DataDirectory => !isSecure
        ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
        : system.FindHomeDirectory() is { Length: > 0 } home ? Path.Combine(home, system.DataBelowHome) : "";

    /// <summary>Where this user installs plugins; null if there is no such place, and in secure execution, which does not trust this user.</summary>
    public string? UserPluginDirectory =>
        !isSecure && Path.IsPathFullyQualified(DataDirectory) ? Path.Combine(DataDirectory, "native-plugins-installed") : null;

    /// <summary>A name that tells this user's files from others' in a directory that everyone uses.</summary>
    public string UserName => isSecure ? system.EffectiveUser : Environment.UserName;

    public string? Get(string variable) => isSecure ? null : read(variable);

    /// <summary>The variables that are set, but have no effect because of secure execution.</summary>
    /// <param name="counting">The variables that would have an effect otherwise.</param>
    public IReadOnlyList<string> FindIgnored(IEnumerable<string> counting) =>
        isSecure ? [.. counting.Where(variable => !string.IsNullOrEmpty(read(variable)))] : [];
}
