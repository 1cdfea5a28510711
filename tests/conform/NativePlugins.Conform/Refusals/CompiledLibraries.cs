namespace NativePlugins.Conform;

/// <summary>Compiles each source with each set of options once.</summary>
internal sealed class CompiledLibraries(string directory)
{
    private readonly Dictionary<string, string> _known = [];

    public string Get(string source, params string[] options)
    {
        string key = source + '\0' + string.Join('\0', options);
        if (_known.TryGetValue(key, out string? known))
        {
            return known;
        }

        string folder = Directory.CreateDirectory(Path.Combine(directory, _known.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))).FullName;
        string input = Path.Combine(folder, "source.c");
        string output = Path.Combine(folder, "compiled.so");
        File.WriteAllText(input, source);
        (int status, string text) = Child.RunWithErrors("gcc", ["-shared", "-fPIC", "-O1", "-w", "-o", output, input, .. options]);
        return status == 0 ? _known[key] = output : throw new InvalidOperationException($"gcc did not compile {input}: {text}");
    }
}
