using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>
/// What this process takes from its environment. In secure execution that is nothing: who starts a program with more rights than
/// his own chooses its environment, and would choose with it what runs with these rights.
/// </summary>
/// <param name="isSecure">Whether this is secure execution.</param>
/// <param name="read">Reads a variable.</param>
/// <param name="system">Where the user's own directory is asked for.</param>
internal sealed class ProcessEnvironment(bool isSecure, Func<string, string?> read, HostSystem system)
{
    /// <summary>Where temporary files are made.</summary>
    public const string TemporaryVariable = "TMPDIR";
    /// <summary>Where programs keep their data.</summary>
    public const string DataVariable = "XDG_DATA_HOME";

    public static ProcessEnvironment Current { get; } =
        new(FileSystem.Current.IsSecureExecution, Environment.GetEnvironmentVariable, HostSystem.Current);

    public bool IsSecure => isSecure;

    /// <summary>Where temporary files are made.</summary>
    public string TemporaryDirectory => isSecure ? "/tmp" : Path.GetTempPath();

    /// <summary>Where this user's programs keep their data; empty if there is no such place.</summary>
    public string DataDirectory => !isSecure
        ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
        : system.FindHomeDirectory() is { Length: > 0 } home ? Path.Combine(home, system.DataBelowHome) : "";

    /// <summary>What tells this user's files from others' in a directory of everybody's.</summary>
    public string UserName => isSecure ? system.EffectiveUser : Environment.UserName;

    public string? Get(string variable) => isSecure ? null : read(variable);

    /// <summary>The variables that are set, would count, and do not.</summary>
    /// <param name="counting">Those that would.</param>
    public IReadOnlyList<string> FindIgnored(IEnumerable<string> counting) =>
        isSecure ? [.. counting.Where(variable => !string.IsNullOrEmpty(read(variable)))] : [];
}
