using NativePlugins.Binary;

namespace NativePlugins.Conform;

/// <summary>Makes every pair, and holds what is said about both of its sides against what the system's loader does with them.</summary>
internal static class RefusalRun
{
    private static readonly BinaryInspectionOptions s_asLoader = new() { AllowExecutableStack = true, AllowUntrustedDirectories = true };

    /// <summary>Null where the pairs can be made and opened here; else the reason why not.</summary>
    public static string? Obstacle =>
        !OperatingSystem.IsLinux() || System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture != System.Runtime.InteropServices.Architecture.X64
            ? "the libraries are made for Linux on x86-64"
            : !File.Exists("/lib64/ld-linux-x86-64.so.2") ? "the system's loader is not glibc's" : Toolbox.Find("gcc") is null ? "there is no gcc" : null;

    /// <summary>One line a disagreement.</summary>
    public static List<string> Execute(IEnumerable<RefusalPair> pairs)
    {
        DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("refusals-");
        var differences = new List<string>();
        using var loader = new LoaderProcess();
        try
        {
            var compiled = new CompiledLibraries(System.IO.Directory.CreateDirectory(Path.Combine(directory.FullName, "compiled")).FullName);
            foreach (RefusalPair pair in pairs)
            {
                string folder = System.IO.Directory.CreateDirectory(Path.Combine(directory.FullName, pair.Name)).FullName;
                differences.AddRange(Compare(pair.Name, "refused", mustLoad: false, folder, pair.Refused, compiled, loader));
                differences.AddRange(Compare(pair.Name, "accepted", mustLoad: true, folder, pair.Accepted, compiled, loader));
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        return differences;
    }

    private static IEnumerable<string> Compare(
        string name, string side, bool mustLoad, string folder, Action<RefusalSide> make, CompiledLibraries compiled, LoaderProcess loader)
    {
        var files = new RefusalSide(System.IO.Directory.CreateDirectory(Path.Combine(folder, side)).FullName, compiled);
        make(files);
        BinaryVerdict verdict = BinaryInspector.Inspect(files.Library, s_asLoader).Verdict;
        int answer = loader.Open(files.Library);
        string says = verdict.IsLoadable ? "yes" : $"no: {verdict.Reasons[0].Code} {verdict.Reasons[0].Message} Expected {verdict.Reasons[0].Expected}, found {verdict.Reasons[0].Found}";
        if ((answer == 0) != mustLoad)
        {
            yield return $"{name}, {side}: the loader answers {answer}: the pair is not one";
        }

        if ((answer == 0) != verdict.IsLoadable)
        {
            yield return $"{name}, {side}: the loader answers {answer}, and inspect says {says}";
        }
    }
}
