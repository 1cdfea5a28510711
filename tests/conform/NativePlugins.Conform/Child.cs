using System.Diagnostics;

namespace NativePlugins.Conform;

/// <summary>Runs a tool and returns what it wrote.</summary>
internal static class Child
{
    public static (int Status, string Output) Run(string file, params IEnumerable<string> arguments)
    {
        (int status, string output, _) = Start(file, arguments);
        return (status, output);
    }

    /// <summary>Its output, then its errors.</summary>
    public static (int Status, string Output) RunWithErrors(string file, params IEnumerable<string> arguments)
    {
        (int status, string output, string errors) = Start(file, arguments);
        return (status, output + errors);
    }

    private static (int Status, string Output, string Errors) Start(string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment.Remove("LD_LIBRARY_PATH");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
