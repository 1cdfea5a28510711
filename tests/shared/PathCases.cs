using System.Text;
using Xunit;

namespace NativePlugins.Tests;

/// <summary>What folders and files may be called, and how long a path may be: the table of every test that is about paths.</summary>
internal static class PathCases
{
    private const int LongestComponent = 255;
    private const int LongPath = 300;

    // What is put around a stem: "lib" and ".plugin.json".
    private const int LongestStem = LongestComponent - 15;

    private static readonly string[] s_words =
    [
        "with spaces in it", "it's 'quoted'", "Grüße, Žluťoučký kůň", "πρόσθετο", "插件", "🧩 plugin 🚀", "a%20b&c=d,e", "(x86) [1] {2} ^!~ #$HOME `id`",
        "-dash", "trailing.dots.inside",
        .. OperatingSystem.IsWindows() ? Array.Empty<string>() : ["say \"hello\"", "back\\slash"],
    ];

    /// <summary>Paths of folders, relative, with the system's separator; no list separator in them.</summary>
    public static TheoryData<string> Folders { get; } =
    [
        .. s_words, ".hidden", Filled("n", LongestComponent), Filled("ü", LongestComponent), Filled("🧩", LongestComponent), Deep("deep folder"), Deep("tief & größer 🧩"),
    ];

    /// <summary>File names without <c>lib</c> and an extension.</summary>
    public static TheoryData<string> Stems { get; } = [.. s_words, Filled("n", LongestStem), Filled("ü", LongestStem), Filled("🧩", LongestStem)];

    /// <summary>
    /// A folder with everything in its path that a row of the tables has by itself: what tests work in that are about something
    /// else. Without the length on Windows, where a current directory has 258 characters at most.
    /// </summary>
    public static string Everything { get; } = OperatingSystem.IsWindows() ? "it's Grüße 🧩 [1]" : Deep("it's \"Grüße\" 🧩 [1]");

    /// <summary>As many bytes of UTF-8 as are asked for.</summary>
    private static string Filled(string letter, int bytes)
    {
        int size = Encoding.UTF8.GetByteCount(letter);
        return string.Concat(Enumerable.Repeat(letter, bytes / size)) + new string('x', bytes % size);
    }

    /// <summary>Folders in each other, of 300 characters by themselves.</summary>
    private static string Deep(string name)
    {
        string path = name;
        while (path.Length < LongPath)
        {
            path = Path.Combine(path, name);
        }

        return path;
    }
}
