namespace NativePlugins.Cli;

/// <summary>How a build has called the compiler for one project, as it listed it itself (<see cref="BuildInputsTarget"/>).</summary>
internal sealed class CompilerCommand
{
    private readonly string _output;

    private CompilerCommand(string compiler, string responseFile, string output, string library, IEnumerable<string> sources)
    {
        (Compiler, ResponseFile, _output, Library) = (compiler, responseFile, output, library);
        Sources = sources.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The compiler, csc.dll.</summary>
    public string Compiler { get; }

    /// <summary>Its arguments, without <c>-noconfig</c>, which it does not take from a file.</summary>
    public string ResponseFile { get; }

    /// <summary>The assembly as the build leaves it, with what it references beside it.</summary>
    public string Library { get; }

    /// <summary>What is compiled. Absolute paths; another spelling of one is another path, which costs a whole build.</summary>
    public IReadOnlySet<string> Sources { get; }

    /// <summary>Reads what a build has listed; null if it has listed nothing, or the compiler is not where it says.</summary>
    /// <param name="directory">The lists'.</param>
    public static CompilerCommand? Read(string directory)
    {
        string list = Path.Combine(directory, BuildInputsTarget.CompilerList), arguments = Path.Combine(directory, BuildInputsTarget.CompilerArguments);
        if (!File.Exists(list) || !File.Exists(arguments))
        {
            return null;
        }

        string[] lines = File.ReadAllLines(list);
        File.WriteAllLines(arguments, File.ReadAllLines(arguments).Where(argument => argument is not ("/noconfig" or "-noconfig")));
        return lines is [string compiler, string output, string library, .. string[] sources] && File.Exists(compiler)
            ? new CompilerCommand(compiler, arguments, output, library, sources)
            : null;
    }

    /// <summary>Copies what was compiled to where a build leaves it.</summary>
    public void CopyOutput()
    {
        File.Copy(_output, Library, overwrite: true);
        string symbols = Path.ChangeExtension(_output, ".pdb");
        if (File.Exists(symbols))
        {
            File.Copy(symbols, Path.ChangeExtension(Library, ".pdb"), overwrite: true);
        }
    }
}
