using System.Diagnostics;

namespace NativePlugins.Cli;

/// <summary>Where the programs of a build run, and where their temporary files go.</summary>
/// <param name="Directory">The project's.</param>
/// <param name="Temporary">Below the directory that belongs to this process.</param>
internal sealed record BuildPlace(string Directory, string Temporary)
{
    /// <summary>Says so to a program.</summary>
    public void SetEnvironment(ProcessStartInfo start)
    {
        // Programs that talk by means of a file among the temporary ones, as the compiler and its server do, all need the same place.
        System.IO.Directory.CreateDirectory(Temporary);
        start.Environment[ProcessSystem.Current.TemporaryVariable] = Temporary;

        // The socket for diagnosis would be there too, and its path has more bytes than a socket's may have.
        start.Environment["DOTNET_EnableDiagnostics_IPC"] = "0";
    }

    /// <summary>Where a program is that is called so; null if there is none.</summary>
    /// <param name="program">A path, or a name that is looked for on the PATH.</param>
    public static string? Find(string program) => program.Contains(Path.DirectorySeparatorChar)
        ? File.Exists(program) ? program : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
}
