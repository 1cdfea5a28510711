using System.Runtime.InteropServices;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Isolation;

/// <summary>Finds the worker's executable with the application.</summary>
internal static class WorkerExecutable
{
    public const string FileName = "native-plugins-worker";

    /// <param name="path">Where the application says that it is; null to look for it.</param>
    /// <returns>An absolute path.</returns>
    /// <exception cref="PluginWorkerMissingException">It is not there.</exception>
    public static string Find(string? path)
    {
        string[] candidates = path is null ? [.. Candidates().Distinct(StringComparer.Ordinal)] : [Path.GetFullPath(path, AppContext.BaseDirectory)];
        return Array.Find(candidates, File.Exists) ?? throw new PluginWorkerMissingException(new PluginFailure("there is no worker for isolated plugins")
        {
            Expected = $"the executable {FileName} as one of: {string.Join(", ", candidates.Select(UntrustedText.Quote))}",
            Found = "no such file",
        });
    }

    /// <summary>Beside the application, and where NuGet puts a package's native files.</summary>
    private static IEnumerable<string> Candidates()
    {
        string inPackage = Path.Combine("runtimes", $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}", "native", FileName);
        string native = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        foreach (string directory in native.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Prepend(AppContext.BaseDirectory).Where(Path.IsPathFullyQualified))
        {
            yield return Path.GetFullPath(Path.Combine(directory, FileName));
            yield return Path.GetFullPath(Path.Combine(directory, inPackage));
        }
    }
}
