using System.Collections.Concurrent;
using System.Diagnostics;

namespace NativePlugins.Tests;

/// <summary>Compiles tiny C sources; each source and set of options once a run.</summary>
internal static class CCompiler
{
    private static readonly TemporaryDirectory s_directory = new();
    private static readonly ConcurrentDictionary<string, Lazy<string>> s_outputs = [];
    private static int s_count;

    static CCompiler() => AppDomain.CurrentDomain.ProcessExit += (_, _) => s_directory.Dispose();

    /// <summary>A shared library of the source. Do not change the file: it is shared.</summary>
    public static string Library(string source, params string[] options) =>
        Compile(source, ["-shared", "-fPIC", .. options]);

    /// <summary>What the compiler makes of the source with these options.</summary>
    public static string Compile(string source, params string[] options) =>
        s_outputs.GetOrAdd(source + '\0' + string.Join('\0', options), _ => new Lazy<string>(() => Run(source, options))).Value;

    /// <summary>A plugin's entry and nothing else: enough for every check before loading.</summary>
    public static string Plugin(params string[] options) =>
        Library("__attribute__((visibility(\"default\"))) int np_plugin_entry_v1(const void **d) { *d = 0; return 0; }", options);

    private static string Run(string source, string[] options)
    {
        string number = Interlocked.Increment(ref s_count).ToString(System.Globalization.CultureInfo.InvariantCulture);
        string folder = s_directory.CreateDirectory(number);
        string input = s_directory.WriteFile(Path.Join(number, "fixture.c"), System.Text.Encoding.UTF8.GetBytes(source));
        string output = Path.Join(folder, "fixture.so");
        var start = new ProcessStartInfo("gcc") { RedirectStandardError = true, WorkingDirectory = folder };
        foreach (string argument in (string[])["-O1", "-o", output, input, .. options])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(errors);
    }
}
