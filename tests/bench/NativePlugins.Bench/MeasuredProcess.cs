using System.Diagnostics;
using System.Globalization;

namespace NativePlugins.Bench;

/// <summary>One run of a program, measured from outside by <c>runner.c</c>.</summary>
internal sealed record MeasuredProcess(double Milliseconds, double PeakMebibytes, double CpuMilliseconds, IReadOnlyList<string> ErrorLines)
{
    /// <summary>Runs a program to its end; what it writes to standard output is dropped, to standard error kept.</summary>
    /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
    public static MeasuredProcess Run(BenchFiles files, string program, params IEnumerable<string> arguments) =>
        Run(files, [0], program, arguments);

    /// <param name="statuses">Those that are no failure.</param>
    public static MeasuredProcess Run(BenchFiles files, int[] statuses, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(files.Runner, [OnPath(program), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.TryAdd("DOTNET_ROOT", Path.GetFullPath("../../..", System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory()));
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string[] figures = process.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (figures is not [var status, var nanoseconds, var kibibytes, var microseconds] || !statuses.Contains((int)Number(status)))
        {
            throw new InvalidOperationException($"{files.Relative(program)} {string.Join(' ', arguments.Select(files.Relative))} did not end with 0: {string.Join(' ', figures)}\n{errors.Result}");
        }

        return new MeasuredProcess(
            Number(nanoseconds) / 1e6, Number(kibibytes) / 1024, Number(microseconds) / 1e3,
            errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The figures that the program itself has printed, a line "name number" each.</summary>
    public IEnumerable<KeyValuePair<string, double>> Figures() =>
        ErrorLines.Select(line => line.Split(' ')).Where(words => words.Length == 2).Select(words => KeyValuePair.Create(words[0], Number(words[1])));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // The runner looks nowhere: what it would find on the way is not the program's time.
    private static string OnPath(string program) => program.Contains(Path.DirectorySeparatorChar) ? program
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists) ?? program;
}
