namespace NativePlugins.Cli;

/// <summary>How a build has called the compiler for one project, as it listed it itself (<see cref="BuildInputsTarget"/>).</summary>
internal sealed class CompilerCommand
{
    private readonly HashSet<string> _sources;

    private CompilerCommand(string compiler, string responseFile, string output, string library, IEnumerable<string> sources)
    {
        (Compiler, ResponseFile, Output, Library) = (compiler, responseFile, output, library);
        _sources = sources.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The compiler, csc.dll.</summary>
    public string Compiler { get; }

    /// <summary>Its arguments, without <c>-noconfig</c>, which it does not take from a file.</summary>
    public string ResponseFile { get; }

    /// <summary>The assembly as the build leaves it, with what it references beside it.</summary>
    public string Library { get; }

    /// <summary>What is compiled. Absolute paths; another spelling of one is another path, which costs a whole build.</summary>
    public IReadOnlyCollection<string> Sources => _sources;

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

    /// <summary>What a build takes now that these files have changed: the compiler is enough if it alone has read all of them.</summary>
    /// <param name="changed">At least one.</param>
    /// <param name="inputs">What the last whole build has read.</param>
    public BuildPlan Plan(IReadOnlyCollection<string> changed, BuildInputs? inputs) =>
        changed.FirstOrDefault(path => !File.Exists(path)) is string gone ? BuildPlan.Because($"{Path.GetFileName(gone)} is gone")
        : changed.FirstOrDefault(path => !_sources.Contains(path)) is string other
            ? BuildPlan.Because($"{Path.GetFileName(other)} is no source that the last build has compiled into the plugin")
        : changed.FirstOrDefault(path => inputs?.IsReadOnce(path) != true) is string shared
            ? BuildPlan.Because($"{Path.GetFileName(shared)} is read for something else too")
        : new BuildPlan(IsCompile: true);

    /// <summary>Compiles as the build did.</summary>
    /// <param name="place">Where.</param>
    /// <param name="server">The compiler that stays; it is used if it is ready.</param>
    /// <param name="further">Arguments after those of the build, which they take precedence of.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The compiler's exit status, and what it wrote.</returns>
    public (int Status, string Text) Run(BuildPlace place, CompilerServer server, string[] further, CancellationToken cancellationToken) =>
        BuildProcess.Run(place, "dotnet", ["exec", Compiler, "-nologo", "-noconfig", .. server.Arguments, $"@{ResponseFile}", .. further], cancellationToken);

    /// <summary>Copies what was compiled to where a build leaves it.</summary>
    public void CopyOutput()
    {
        File.Copy(Output, Library, overwrite: true);
        CopySymbols(Output, Library);
    }

    /// <summary>
    /// Copies the symbols of what was compiled in another directory (<see cref="OutputTo"/>) to where the build has them: the assembly names that
    /// path, and who reads it looks there first.
    /// </summary>
    public void CopySymbolsFrom(string directory) => CopySymbols(Path.Combine(directory, Path.GetFileName(Output)), Output);

    /// <summary>
    /// What lets the compiler make the same assembly in another directory: it names its symbols by their path.
    /// </summary>
    public string[] OutputTo(string directory) =>
    [
        $"-out:{Path.Combine(directory, Path.GetFileName(Output))}",
        $"-refout:{Path.Combine(directory, "reference.dll")}",
        $"-pathmap:{Escape(directory)}={Escape(Path.GetDirectoryName(Output)!)}",
    ];

    /// <summary>
    /// Why the compiler alone cannot make again what the build goes on with; null if it can: it makes the same of the same sources, and no
    /// other step has changed that.
    /// </summary>
    /// <param name="lists">The lists' directory.</param>
    public string? WhyNotAgain(string lists)
    {
        string compiled = Path.Combine(lists, BuildInputsTarget.Compiled);
        return !File.ReadAllLines(ResponseFile).Contains("/deterministic+") ? "its compiler is not told to be deterministic"
            : !File.Exists(compiled) ? "the last one did not keep what its compiler made"
            : !File.ReadAllBytes(compiled).AsSpan().SequenceEqual(File.ReadAllBytes(Output)) ? "another step of it changes what the compiler makes"
            : null;
    }

    /// <summary>The assembly where the build has it.</summary>
    public string Output { get; }

    private static void CopySymbols(string from, string to)
    {
        string symbols = Path.ChangeExtension(from, ".pdb");
        if (File.Exists(symbols))
        {
            File.Copy(symbols, Path.ChangeExtension(to, ".pdb"), overwrite: true);
        }
    }

    // The two characters that separate such paths stand for themselves when doubled.
    private static string Escape(string path) =>
        path.Replace("=", "==", StringComparison.Ordinal).Replace(",", ",,", StringComparison.Ordinal);
}
