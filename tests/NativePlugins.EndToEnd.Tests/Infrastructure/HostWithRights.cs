namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// A copy of dist/host that has more rights than the user nobody, who starts it, with two plugins beside it; and a directory of
/// that user's own. Made by root, on a file system that gives such rights.
/// </summary>
internal sealed class HostWithRights : IDisposable
{
    public const string SetUserId = "set-user-id";
    public const string Capability = "file capability";

    /// <summary>The id of a user who is in no list of users.</summary>
    public const string Owner = "54321";

    private const string Nobody = "65534";
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly string _directory = Directory.CreateTempSubdirectory("native-plugins-rights-").FullName;
    private readonly string _host;

    public HostWithRights(string kind)
    {
        File.SetUnixFileMode(_directory, Open);
        _host = Give(kind, Repository.Host, Path.Combine(_directory, "host"));
        foreach (string name in (string[])["libhello_world.so", "libhello_world.plugin.json"])
        {
            File.Copy(Path.Combine(Repository.Dist, name), Path.Combine(_directory, name));
        }

        Copy("slow_command", _directory);
        Copy("paths_printer", _directory);
        Users = Directory.CreateTempSubdirectory("native-plugins-user-").FullName;
        File.SetUnixFileMode(Users, Open);
        Copy("constructor_marker", Users);
        Copy("constructor_marker_plugin", Users);
        Marker = Path.Combine(Users, "marker");
        Tool.Run("chown", "-R", $"{Nobody}:{Nobody}", Users);
    }

    /// <summary>A directory of the user who starts the host, with libconstructor_marker.so and libconstructor_marker_plugin.so in it.</summary>
    public string Users { get; }

    /// <summary>A file that either of these two libraries makes when it is loaded.</summary>
    public string Marker { get; }

    /// <summary>The names of what else is in the user's directory.</summary>
    public IEnumerable<string?> Left => Directory.GetFileSystemEntries(Users).Select(Path.GetFileName)
        .Where(name => name is not ("libconstructor_marker.so" or "libconstructor_marker_plugin.so"));

    /// <summary>Why no such program can be made here, or null.</summary>
    public static string? FindProblem(string kind)
    {
        if (Environment.UserName != "root")
        {
            return "Only root can make a program with more rights.";
        }

        string directory = Directory.CreateTempSubdirectory("native-plugins-rights-").FullName;
        try
        {
            File.SetUnixFileMode(directory, Open);
            string program = Give(kind, "/bin/true", Path.Combine(directory, "true"));
            (int status, string output, string error) = Tool.Try("setpriv", [.. AsNobody, "env", "LD_SHOW_AUXV=1", program]);
            return status != 0 ? $"A program cannot be started as nobody: {error.Trim()}"
                : output.Contains("AT_SECURE", StringComparison.Ordinal) ? $"This system gives programs no rights by {kind} here (nosuid?)."
                : null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return $"No program with more rights can be made here: {e.Message}";
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Runs the host as nobody.</summary>
    /// <param name="variables">As NAME=VALUE; {users} is the user's directory.</param>
    /// <param name="arguments">The host's.</param>
    public HostResult Run(string[] variables, params string[] arguments)
    {
        using HostProcess process = Start(variables, arguments);
        return process.WaitForEnd();
    }

    public HostProcess Start(string[] variables, params string[] arguments) => HostProcess.Start(
        "setpriv",
        new HostEnvironment { Directory = "/" },
        [.. AsNobody, "env", $"MARKER={Marker}", .. variables.Select(variable => variable.Replace("{users}", Users, StringComparison.Ordinal)), _host, .. arguments]);

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
        Directory.Delete(Users, recursive: true);
    }

    private static string[] AsNobody => [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--"];

    private static string Give(string kind, string program, string copy)
    {
        File.Copy(program, copy);
        if (kind == SetUserId)
        {
            Tool.Run("chown", Owner, copy);
            Tool.Run("chmod", "4755", copy);
        }
        else
        {
            Tool.Run("chmod", "755", copy);
            Tool.Run("setcap", "cap_net_bind_service+ep", copy);
        }

        return copy;
    }

    private static void Copy(string fixture, string directory)
    {
        string copy = Path.Combine(directory, $"lib{fixture}.so");
        File.Copy(NativeFixtures.PathOf(fixture), copy);
        Tool.Run("chmod", "755", copy);
    }
}

/// <summary>A test of a host with more rights than its user, skipped with the reason where none can be made.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RightsTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<string?> s_problem =
        new(() => HostWithRights.FindProblem(HostWithRights.SetUserId) ?? HostWithRights.FindProblem(HostWithRights.Capability));

    public RightsTheoryAttribute() => Skip = s_problem.Value;
}
