using System.Globalization;
using System.Text;

namespace NativePlugins.Torture;

/// <summary>
/// An installed copy of a library whose number of the generation is written over, in place, before each reload: other
/// bytes each time, without a compiler.
/// </summary>
internal sealed class InstalledLibrary
{
    private static readonly byte[] s_mark = "torture-generation:"u8.ToArray();

    private readonly byte[] _bytes;
    private readonly int _number;

    public InstalledLibrary(string library, string folder)
    {
        _bytes = File.ReadAllBytes(library);
        int mark = _bytes.AsSpan().IndexOf(s_mark);
        if (mark < 0 || _bytes.AsSpan(mark + 1).IndexOf(s_mark) >= 0)
        {
            throw new InvalidOperationException($"{library} does not have the mark of the generation once.");
        }

        _number = mark + s_mark.Length;
        Path = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(library));
    }

    public string Path { get; }

    public void Install(int generation)
    {
        Encoding.ASCII.GetBytes(generation.ToString("00000000", CultureInfo.InvariantCulture), _bytes.AsSpan(_number));
        File.WriteAllBytes(Path, _bytes);
    }
}
