namespace NativePlugins.Conform;

/// <summary>A refusal of the system's loader: a library that meets it, and its nearest neighbour that does not.</summary>
/// <param name="Name">What the page of refusals calls it.</param>
/// <param name="Refused">Makes the one that is refused.</param>
/// <param name="Accepted">Makes the one that is loaded.</param>
/// <param name="IsSlow">Whether the loader takes seconds over it.</param>
internal sealed record RefusalPair(string Name, Action<RefusalSide> Refused, Action<RefusalSide> Accepted, bool IsSlow = false);

/// <summary>The directory of one side of a pair, in which its files are made.</summary>
internal sealed class RefusalSide(string directory, CompiledLibraries compiled)
{
    /// <summary>The library that is opened.</summary>
    public string Library => In("library.so");

    public string In(string name) => Path.Combine(directory, name);

    public string Directory(string name) => System.IO.Directory.CreateDirectory(In(name)).FullName;

    /// <summary>Makes the library that is opened from a source.</summary>
    public void Compile(string source, params string[] options) => File.Copy(compiled.Get(source, options), Library, overwrite: true);

    /// <summary>Makes a library beside it, or below.</summary>
    public void Put(string name, string source, params string[] options)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.Copy(compiled.Get(source, options), In(name), overwrite: true);
    }

    /// <summary>A library to link with, which is not copied.</summary>
    public string Get(string source, params string[] options) => compiled.Get(source, options);

    public void Write(string name, byte[] content)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllBytes(In(name), content);
    }

    /// <summary>Changes the library that is opened, or another one.</summary>
    public void Edit(Action<LibraryEditor> change, string name = "library.so")
    {
        var editor = new LibraryEditor(File.ReadAllBytes(In(name)));
        change(editor);
        File.WriteAllBytes(In(name), editor.Bytes);
    }
}
