using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>A library that is to be loaded, and those who asked for it, up to the first.</summary>
internal sealed record LoadChain(BinaryImage Image, LoadChain? Previous)
{
    /// <summary>What is loaded in the first place.</summary>
    public BinaryImage Root => Previous is null ? Image : Previous.Root;

    /// <summary>Where the library lies.</summary>
    public string Directory => DirectoryOf(Image.Path);

    /// <summary>The library, then who asked for it, and so on.</summary>
    public IEnumerable<LoadChain> Links()
    {
        for (LoadChain? link = this; link is not null; link = link.Previous)
        {
            yield return link;
        }
    }

    /// <summary>Of a path of any system.</summary>
    public static string DirectoryOf(string path)
    {
        int end = path.LastIndexOfAny(['/', '\\']);
        return end < 0 ? "." : end == 0 ? path[..1] : path[..end];
    }
}
