namespace NativePlugins.Cli;

/// <summary>
/// Does again what a publish has done with the plugin's sources: compiles, compiles to native code, links, takes the symbols out. It is relied
/// on only after it has made, of the same assembly, the very library that the publish has made.
/// </summary>
internal sealed class NativeReplay
{
    private readonly CompilerCommand _compiler;
    private readonly NativeCommands _native;
    private readonly BuildPlace _place;
    private readonly BuildKey _key;
    private readonly string _published;
    private readonly IReadOnlyList<string> _facts;

    private NativeReplay(CompilerCommand compiler, NativeCommands native, BuildPlace place, BuildKey key, string published)
    {
        (_compiler, _native, _place, _key, _published) = (compiler, native, place, key, published);
        _facts = PluginFactsText.Find(File.ReadAllBytes(compiler.Output));
    }

    /// <summary>Why it cannot be relied on; null if it can.</summary>
    public string? WhyNot => _key.FindChange() is string changed ? $"{Path.GetFileName(changed)} has changed" : null;

    /// <param name="compiler">How the publish has compiled.</param>
    /// <param name="native">What it has done with that.</param>
    /// <param name="inputs">What it has read.</param>
    /// <param name="place">Where it ran.</param>
    /// <param name="published">The library that it has left.</param>
    public static NativeReplay Of(CompilerCommand compiler, NativeCommands native, BuildInputs inputs, BuildPlace place, string published)
    {
        var key = new BuildKey();
        key.AddFilesOf(File.ReadAllLines(compiler.ResponseFile), place.Directory);
        key.AddFilesOf(native.Arguments, place.Directory);
        foreach (string path in inputs.Used.Concat(native.Tools).Append(compiler.Compiler).Append(native.SdkDirectory))
        {
            key.Add(path);
        }

        string[] sources = [.. compiler.Sources.Where(inputs.IsReadOnce)];
        foreach (string directory in sources.Select(Path.GetDirectoryName).OfType<string>().Append(place.Directory).Distinct(StringComparer.Ordinal))
        {
            key.AddFoundFrom(directory);
        }

        if (native.NamesCommit)
        {
            key.AddCommitOf(place.Directory);
        }

        key.Except(sources);
        key.Except([native.Assembly, compiler.Output]);
        return new NativeReplay(compiler, native, place, key, published);
    }

    /// <summary>Makes the library again of the assembly that it was made of, and compares.</summary>
    /// <param name="assembly">A copy of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether the same library came out.</returns>
    /// <exception cref="CliException">A program is gone.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public bool TryOut(string assembly, CancellationToken cancellationToken)
    {
        File.Copy(assembly, _native.Assembly, overwrite: true);
        return _native.Run(_ => { }, cancellationToken) is null && File.ReadAllBytes(_native.Library).AsSpan().SequenceEqual(File.ReadAllBytes(_published));
    }

    /// <summary>Does it, and puts what it has made where the publish has left its own.</summary>
    /// <returns>The library, or what was written by the program that failed; null if the manifest would no longer be right.</returns>
    /// <exception cref="CliException">A program is gone.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public (string? Library, string Text)? Run(CompilerServer server, Action<string> doing, CancellationToken cancellationToken)
    {
        doing("compiling");
        if (Compile(server, cancellationToken) is string notCompiled)
        {
            return (null, notCompiled);
        }

        if (!PluginFactsText.Find(File.ReadAllBytes(_native.Assembly)).SequenceEqual(_facts))
        {
            return null;
        }

        if (_native.Run(doing, cancellationToken) is string failed)
        {
            return (null, failed);
        }

        string symbols = Path.Combine(Path.GetDirectoryName(_published)!, Path.GetFileName(_native.Symbols));
        if (File.Exists(symbols))
        {
            File.Copy(_native.Symbols, symbols, overwrite: true);
        }

        File.Copy(_native.Library, _published, overwrite: true);
        return (_published, "");
    }

    private string? Compile(CompilerServer server, CancellationToken cancellationToken)
    {
        string directory = Path.GetDirectoryName(_native.Assembly)!;
        (int status, string text) = _compiler.Run(_place, server, _compiler.OutputTo(directory), cancellationToken);
        if (status != 0)
        {
            return text;
        }

        // ilc takes lines and names of variables from them.
        _compiler.CopySymbolsFrom(directory);
        return null;
    }
}
