namespace NativePlugins.EndToEnd.Tests;

/// <summary>Runs programs for which the modes of files count, whoever runs the tests.</summary>
internal static class ModeBits
{
    /// <summary>Starts a program without the capabilities by which root passes over modes. Other users do not have them.</summary>
    private static readonly string[] s_bound = Environment.UserName == "root" ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : ["env"];

    private static readonly Lazy<string?> s_problem = new(FindProblem);

    /// <summary>Why modes do not count here whatever is done; null if they do.</summary>
    public static string? Problem => s_problem.Value;

    public static HostResult RunHost(params string[] arguments) =>
        HostProcess.RunProgram(s_bound[0], new HostEnvironment(), [.. s_bound[1..], Repository.Host, .. arguments]);

    /// <summary>Takes all rights to a file from everybody. It can still be deleted.</summary>
    public static void Close(string path) => File.SetUnixFileMode(path, UnixFileMode.None);

    private static string? FindProblem()
    {
        using var scratch = new Scratch();
        Close(scratch.Write("closed", "text"));
        try
        {
            (int status, string output, string error) = Tool.Try(s_bound[0], [.. s_bound[1..], "cat", scratch.PathOf("closed")]);
            return status != 0 && error.Contains("Permission denied", StringComparison.Ordinal) ? null : $"The mode of a file does not count here: {output}{error}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"The mode of a file does not count for root, and there is no setpriv: {e.Message}";
        }
    }
}

/// <summary>A test with a file that may not be read, skipped with the reason where every file may be.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ModeFactAttribute : FactAttribute
{
    public ModeFactAttribute() => Skip = ModeBits.Problem;
}
