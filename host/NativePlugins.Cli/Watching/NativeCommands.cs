using NativePlugins.Host.Platform;

namespace NativePlugins.Cli;

/// <summary>
/// How a publish has made a native library of an assembly, as it listed it itself (<see cref="BuildInputsTarget"/>): the same commands, but
/// with a directory of this process's for all that they write.
/// </summary>
internal sealed class NativeCommands
{
    // What each of the commands writes, under the name that the list has for it.
    private static readonly string[] s_written = ["managed", "object", "exports", "binary"];

    private static readonly string[] s_needed = ["system", "ilc", "ilcArguments", "linker", "sdks", "packages"];

    private readonly Dictionary<string, string> _values;
    private readonly BuildPlace _place;
    private readonly string _directory;
    private readonly string _link;

    private NativeCommands(Dictionary<string, string> values, BuildPlace place, string directory, string link) =>
        (_values, _place, _directory, _link) = (values, place, directory, link);

    /// <summary>The assembly as ilc is to read it.</summary>
    public string Assembly => Path.Combine(_directory, Path.GetFileName(_values["managed"]));

    /// <summary>The library that the commands make.</summary>
    public string Library => Path.Combine(_directory, Path.GetFileName(_values["binary"]));

    /// <summary>The symbols that they take out of it, if they do.</summary>
    public string Symbols => Library + _values["symbolExtension"];

    /// <summary>Whether the version of the assembly names the commit that it was built from.</summary>
    public bool NamesCommit => _values["revision"].Length > 0;

    /// <summary>The directory of the .NET SDKs.</summary>
    public string SdkDirectory => _values["sdks"];

    /// <summary>The programs, and the file that tells the packages. The linker's own parts change when the linker does.</summary>
    public IEnumerable<string> Tools =>
    [
        _values["ilc"], _values["packages"],
        .. ((string[])[_values["linker"], _values["objcopy"], "ld", "ld.bfd"]).Select(BuildPlace.Find).OfType<string>(),
        .. Directory.GetFiles(Path.GetDirectoryName(_values["ilc"])!),
    ];

    /// <summary>Every argument of ilc and of the linker.</summary>
    public IEnumerable<string> Arguments => [.. File.ReadAllLines(ResponseFile), .. _link.Split(' ')];

    private string ResponseFile => Path.Combine(_directory, "ilc.rsp");

    /// <summary>Reads what a publish has listed.</summary>
    /// <param name="lists">The lists' directory.</param>
    /// <param name="place">Where the commands run.</param>
    /// <param name="directory">Where they write; made anew.</param>
    /// <param name="commands">The commands; null if they cannot be done again.</param>
    /// <returns>Why they cannot; null if they can.</returns>
    public static string? Read(string lists, BuildPlace place, string directory, out NativeCommands? commands)
    {
        commands = null;
        string list = Path.Combine(lists, BuildInputsTarget.NativeList), linker = Path.Combine(lists, BuildInputsTarget.LinkerArguments);
        if (!File.Exists(list) || !File.Exists(linker))
        {
            return "the last one did not say how it compiles to native code";
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in File.ReadAllLines(list))
        {
            // A value with a semicolon becomes several lines, and a second assembly a second value.
            if (line.Split('=', 2) is not [string name, string value] || !values.TryAdd(name, value))
            {
                return $"the last one said more of itself than is known: {line}";
            }
        }

        if (s_needed.Concat(s_written).FirstOrDefault(name => values.GetValueOrDefault(name, "").Length == 0) is string missing)
        {
            return $"the last one did not say its {missing}";
        }

        if (values["system"] != "linux")
        {
            return "its last steps are known for Linux only";
        }

        if (values.GetValueOrDefault("ilcEnvironment", "").Length > 0)
        {
            return "it gives ilc an environment of its own";
        }

        // Relative paths begin in the project's directory, where the commands run.
        string[] ilc = File.ReadAllLines(Path.Combine(place.Directory, values["ilcArguments"]));
        string link = string.Join(' ', File.ReadAllLines(linker));
        foreach (string name in s_written)
        {
            string written = values[name], instead = Path.Combine(directory, Path.GetFileName(written));
            string[] arguments = [.. ilc.Select(argument => Redirect(argument, written, instead))];
            string redirected = link.Replace($"\"{written}\"", $"\"{instead}\"", StringComparison.Ordinal);
            if (arguments.AsSpan().SequenceEqual(ilc) && redirected == link)
            {
                return $"its commands do not name {Path.GetFileName(written)} where they did";
            }

            (ilc, link) = (arguments, redirected);
        }

        // What earlier commands have written there is no input of these.
        ProcessDirectory.TryDelete(directory);
        Directory.CreateDirectory(directory);
        commands = new NativeCommands(values, place, directory, link);
        File.WriteAllLines(commands.ResponseFile, ilc);
        return null;
    }

    /// <summary>Does it again.</summary>
    /// <param name="doing">Told what begins.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was written by the command that failed; null if all is well.</returns>
    public string? Run(Action<string> doing, CancellationToken cancellationToken)
    {
        doing("compiling to native code");
        if (Failed(_values["ilc"], $"@{ResponseFile}") is string notCompiled)
        {
            return notCompiled;
        }

        doing("linking");
        if (Failed("/bin/sh", "-c", $"\"{_values["linker"]}\" {_link}") is string notLinked)
        {
            return notLinked;
        }

        ProcessSystem.Current.LetBeLoaded(Library);
        return Is("strip") ? Strip() : null;

        string? Strip()
        {
            string strip = _values["objcopy"], stripped = Library + ".stripped";
            bool hasSymbols = Is("symbols");

            // What is taken out is copied meanwhile.
            Task<string?> symbols = hasSymbols ? Task.Run(() => Failed(strip, "--only-keep-debug", Library, Symbols), CancellationToken.None) : Task.FromResult<string?>(null);
            string? notStripped;
            try
            {
                notStripped = Failed(strip, "--strip-debug", "--strip-unneeded", Library, stripped);
            }
            finally
            {
                Task.WaitAny([symbols], CancellationToken.None);
            }

            if ((notStripped ?? symbols.GetAwaiter().GetResult()) is string failed)
            {
                return failed;
            }

            File.Move(stripped, Library, overwrite: true);
            return hasSymbols ? Failed(strip, $"--add-gnu-debuglink={Symbols}", Library) : null;
        }

        string? Failed(string program, params string[] arguments)
        {
            (int status, string text) = BuildProcess.Run(_place, program, arguments, cancellationToken);
            return status == 0 ? null : $"{text}\n{program} ended with status {status}";
        }
    }

    private static string Redirect(string argument, string written, string instead) =>
        argument == written ? instead
        : argument == "-o:" + written || argument == "--exportsfile:" + written ? argument[..^written.Length] + instead
        : argument;

    private bool Is(string name) => string.Equals(_values[name], "true", StringComparison.OrdinalIgnoreCase);
}
