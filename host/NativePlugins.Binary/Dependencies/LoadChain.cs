using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>A library that is to be loaded, and the libraries that led to it, back to the first.</summary>
internal sealed record LoadChain(BinaryImage Image, LoadChain? Previous)
{
    /// <summary>The library that is loaded in the first place.</summary>
    public BinaryImage Root => Previous is null ? Image : Previous.Root;

    /// <summary>The directory of the library.</summary>
    public string Directory => DirectoryOf(Image.Path);

    /// <summary>The library, then the library that asked for it, and so on.</summary>
    public IEnumerable<LoadChain> Links()
    {
        for (LoadChain? link = this; link is not null; link = link.Previous)
        {
            yield return link;
        }
    }

    /// <summary>Takes a path of any system.</summary>
    public static string DirectoryOf(string path)
    {
        int end = path.LastIndexOfAny(['/', '\\']);
        return end < 0 ? "." : end == 0 ? path[..1] : path[..end];
    }
}
