using System.ComponentModel;
using System.Diagnostics;
using NativePlugins.Host.Platform;

namespace NativePlugins.Cli;

/// <summary>Builds a plugin's project into a private directory, with <c>dotnet publish</c>.</summary>
internal sealed class ProjectBuild : IDisposable
{
    private const int MostErrors = 20;

    // Files bear the time of a clock that ticks every few milliseconds; dotnet takes longer than that to end.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    private readonly string _project;
    private readonly ProcessDirectory _directory;
    private readonly string _output;
    private readonly string _lists;
    private readonly string _target;
    private byte[] _accepted = [];
    private byte[] _built = [];

    public ProjectBuild(string project)
    {
        _project = Path.GetFullPath(project);
        if (!File.Exists(_project))
        {
            throw CliErrors.NoProject(project);
        }

        try
        {
            _directory = BuildDirectory.Create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.NoBuildDirectory(e);
        }

        _output = Path.Combine(_directory.Path, "publish");
        _lists = Path.Combine(_directory.Path, "inputs");
        _target = Path.Combine(_directory.Path, "inputs.targets");
    }

    public string ProjectDirectory => Path.GetDirectoryName(_project)!;

    /// <summary>The library's path, once it has been built.</summary>
    public string Library { get; private set; } = "";

    /// <summary>What the last build has read; null if it did not come to list it.</summary>
    public BuildInputs? Inputs { get; private set; }

    /// <summary>When the last build had ended, UTC: what is written later it has not written itself.</summary>
    public DateTime Ended { get; private set; }

    /// <summary>Builds; false if the library is the one that was accepted last.</summary>
    /// <exception cref="CliException">It could not be built, or is no plugin's project.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the build was ended.</exception>
    public bool Run(CancellationToken cancellationToken)
    {
        Prepare();
        (int status, string text) = Publish(cancellationToken);
        Ended = DateTime.UtcNow - s_tick;
        Inputs = BuildInputs.Read(_lists);
        if (status != 0)
        {
            throw CliErrors.BuildFailed(_project, Errors(text));
        }

        Library = FindLibrary();
        _built = File.ReadAllBytes(Library);
        return !_built.AsSpan().SequenceEqual(_accepted);
    }

    /// <summary>What was built last serves. Until then the same library counts as new: what was in its way may have gone.</summary>
    public void Accept() => _accepted = _built;

    public void Dispose() => _directory.Dispose();

    /// <summary>The lines that name an error, each once and without the project at its end; else the last lines.</summary>
    internal static string Errors(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] errors = [.. lines.Where(line => line.Contains("error ", StringComparison.Ordinal)).Select(WithoutProject).Distinct()];
        return string.Join('\n', errors.Length > 0 ? errors.Take(MostErrors) : lines.TakeLast(MostErrors));
    }

    private static string WithoutProject(string line) =>
        line.EndsWith(']') && line.LastIndexOf(" [", StringComparison.Ordinal) is > 0 and int at ? line[..at] : line;

    private void Prepare()
    {
        Inputs = null;
        try
        {
            ProcessDirectory.TryDelete(_lists);
            Directory.CreateDirectory(_lists);
            Directory.CreateDirectory(_output);
            File.WriteAllText(_target, BuildInputsTarget.Text);

            // Dated long ago: MSBuild compiles everything anew when a file that projects import is newer than what they have built.
            File.SetLastWriteTimeUtc(_target, DateTime.UnixEpoch);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.NoBuildDirectory(e);
        }
    }

    private (int Status, string Text) Publish(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = ProjectDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "publish", _project, "-nologo", "-v:quiet",
                $"-p:PublishDir={_output}{Path.DirectorySeparatorChar}",
                $"-p:{BuildInputsTarget.ImportProperty}={_target}",
                $"-p:{BuildInputsTarget.DirectoryProperty}={_lists}{Path.DirectorySeparatorChar}",
            },
        };

        // A process of MSBuild that stays for the next build would keep the pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Start(start);
        using CancellationTokenRegistration ending = cancellationToken.Register(() => End(process));
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw CliErrors.NoDotnet(e.Message);
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has just ended by itself.
        }
    }

    /// <summary>The plugin that publishing has left: beside its manifest.</summary>
    private string FindLibrary()
    {
        string[] manifests = Directory.GetFiles(_output, "*.plugin.json");
        string[] libraries = manifests.Length != 1
            ? []
            : [.. Directory.GetFiles(_output, Path.GetFileName(manifests[0])[..^".plugin.json".Length] + ".*")
                .Where(file => Path.GetExtension(file) is ".so" or ".dylib" or ".dll")];
        return libraries.Length == 1 ? libraries[0] : throw CliErrors.NoPluginBuilt(_project, manifests.Length);
    }
}
