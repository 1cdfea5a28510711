using System.IO.Compression;
using System.Text;

namespace NativePlugins.Distribution.Tests.Packages;

/// <summary>Packages that somebody made to do harm, or that something damaged; each with the one refusal that it must meet, and a part of its words: what was expected, and what was found.</summary>
internal static class HostilePackage
{
    private const int Link = 0xA1FF, Device = 0x21B6, Pipe = 0x11B6, Socket = 0xC1B6, UnixDirectory = 0x41ED;

    /// <summary>By what it does.</summary>
    public static IReadOnlyDictionary<string, (Type Refusal, string Words, Func<byte[]> Make)> All { get; } = new Dictionary<string, (Type, string, Func<byte[]>)>(StringComparer.Ordinal)
    {
        // Names that lead elsewhere, or mean something else on another system.
        ["leads out of the package"] = Name("plugins/../../evil.so"),
        ["leads out at once"] = Name("../evil.so"),
        ["is absolute"] = Name("/tmp/evil.so"),
        ["is absolute on Windows"] = Name("C:/evil.dll"),
        ["has backslashes"] = Name("plugins\\..\\..\\evil.dll"),
        ["has a part without a name"] = Name("plugins//evil.so"),
        ["has a part that is a dot"] = Name("plugins/./evil.so"),
        ["ends with a slash"] = Name("plugins/evil/"),
        ["has no name"] = Name(""),
        ["has a NUL in its name"] = Name("evil.so\0.txt", "evil.so\\u0000.txt"),
        ["has a line feed in its name"] = Name("evil\n.so", "evil\\u000A.so"),
        ["has a stream of NTFS as its name"] = Name("a.txt:evil"),
        ["has the name of a device of Windows"] = Name("plugins/NUL.txt"),
        ["has the name of a port of Windows"] = Name("plugins/com1"),
        ["ends with a dot, which Windows leaves out"] = Name("plugins/evil.so."),
        ["ends with a space, which Windows leaves out"] = Name("plugins/evil.so "),
        ["has letters that look like others"] = Name("plugins/һello.so", "plugins/"),
        ["turns the direction of text"] = Name("plugins/evil\u202Eos.so", "plugins/evil"),
        ["is escaped, as NuGet would unescape it"] = Name("plugins/%2e%2e/evil.so"),
        ["has a very long name"] = Name(new string('a', 5000), "aaaa"),
        ["differs from another in letter case only"] = (typeof(PackageEntryException), "names that differ on every system: 'data.txt', which is there twice", () => new TestPackage().With("DATA.txt", "").With("data.txt", "").ToBytes()),
        ["is a file and a folder"] = (typeof(PackageEntryException), "names that differ on every system: 'data/x', which is there twice", () => new TestPackage().With("data", "").With("data/x", "").ToBytes()),
        ["is in one folder with two spellings"] = (typeof(PackageEntryException), "names that differ on every system: 'data/x', which is there twice", () => new TestPackage().With("Data/y", "").With("data/x", "").ToBytes()),
        ["is there twice"] = (typeof(PackageEntryException), "names that differ on every system: 'hello.nuspec', which is there twice", () => Zip(entries => entries.Add(new RawEntry(entries[1].Name, entries[1].Packed)))),

        // What is no regular file.
        ["is a link"] = Kind(Link),
        ["is a device"] = Kind(Device),
        ["is a pipe"] = Kind(Pipe),
        ["is a socket"] = Kind(Socket),
        ["is a directory"] = Kind(UnixDirectory),
        ["is a reparse point of Windows"] = (typeof(PackageEntryException), "regular files only: 'hello.nuspec'", () => Zip(entries => entries[1].Attributes = 0x400)),

        // What fills memory or disk.
        ["unpacks to a thousand times its size"] = (typeof(PackageLimitException), "at most 200 times their size: 'plugins/bomb': ", () => Zip(entries => entries[1] = Deflated("plugins/bomb", new byte[64 << 20]))),
        ["unpacks to more than it says"] = (typeof(PackageDigestException), "5 bytes: more", () => Zip(entries => entries[Data(entries)] = Deflated(entries[Data(entries)].Name, new byte[1 << 20], says: 5))),
        ["unpacks to less than it says"] = (typeof(PackageDigestException), "5 bytes: 2", () => Zip(entries => entries[Data(entries)] = Deflated(entries[Data(entries)].Name, new byte[2], says: 5))),
        ["has 100,000 files"] = (typeof(PackageLimitException), "at most 10,000 files: ", () => Zip(entries => entries.AddRange(Enumerable.Range(0, 100_000).Select(i => new RawEntry($"f/{i}", []))))),
        ["has more files than allowed"] = (typeof(PackageLimitException), "at most 10,000 files: 10,006 files", () => Zip(entries => entries.AddRange(Enumerable.Range(0, 10_001).Select(i => new RawEntry($"f/{i}", []))))),
        ["says that it is enormous"] = (typeof(PackageLimitException), "at most 200 times their size: 'hello.nuspec': 11 bytes, and 4,294,967,295 unpacked", () => Zip(entries =>
        {
            entries[1].Size = entries[2].Size = uint.MaxValue;
            entries[1].Method = entries[2].Method = 8;
        })),
        ["uses the same bytes for two files"] = (typeof(PackageMalformedException), "parts one behind another: 'plugin-package.json' and the next part share ", () => Zip(entries => entries.Add(new RawEntry(entries[0].Name, entries[0].Packed) { Offset = 0 }))),

        // What two readers would read differently.
        ["has another name in front of the data"] = Lie("the same in front of 'hello.nuspec' as in the directory", entries => entries[1].LocalName = new string('x', entries[1].Name.Length)),
        ["has another method in front of the data"] = Lie("the same in front of 'hello.nuspec' as in the directory", entries => entries[1].LocalMethod = 8),
        ["has another size in front of the data"] = Lie("the same in front of 'hello.nuspec' as in the directory", entries => entries[1].LocalSize = 1),
        ["has a second name in an extra field"] = Lie("files without extra fields and comments: one with them", entries => entries[1].Extra = [0x75, 0x70, 1, 0, (byte)'x']),
        ["is encrypted"] = Lie("files that are neither encrypted nor patches: 'hello.nuspec'", entries => entries[1].Flags = 1),
        ["is packed in a way that is not usual"] = Lie("files that are stored or deflated: 'hello.nuspec'", entries => entries[1].Method = 14),
        ["begins with another file"] = (typeof(PackageMalformedException), "a file at the start of the archive: something else", () => new RawZip { Before = [0x7F, (byte)'E', (byte)'L', (byte)'F'] }.Write(new TestPackage().ToEntries())),
        ["ends with another file"] = (typeof(PackageMalformedException), "a ZIP archive with nothing behind it: other bytes at its end", () => new RawZip { After = new byte[100] }.Write(new TestPackage().ToEntries())),
        ["hides bytes in front of its directory"] = (typeof(PackageMalformedException), "parts one behind another: 100 bytes behind ", () => new RawZip { Between = new byte[100] }.Write(new TestPackage().ToEntries())),
        ["hides a byte in front of its directory"] = (typeof(PackageMalformedException), "parts one behind another: 1 byte behind ", () => new RawZip { Between = [1] }.Write(new TestPackage().ToEntries())),
        ["hides a byte between two files"] = Lie("parts one behind another: 1 byte behind 'hello.nuspec'", entries => entries[1].Behind = [1]),
        ["hides as many bytes as sizes have where none follow"] = Lie("parts one behind another: 16 bytes behind 'hello.nuspec'", entries => entries[1].Behind = new byte[16]),
        ["hides a byte behind the sizes that follow"] = Lie("the sizes behind 'hello.nuspec': 13 bytes", entries => entries[1].WithSizesBehind(Signature).Behind = [.. entries[1].Behind[..12], 1]),
        ["says that sizes follow, and none do"] = Lie("the sizes behind 'hello.nuspec': 0 bytes", entries => entries[1].Flags = 8),
        ["says another size behind the data"] = Lie("the same behind 'hello.nuspec' as in the directory", entries => entries[1].WithSizesBehind([], size: 1)),
        ["says another size behind the data and the signature"] = Lie("the same behind 'hello.nuspec' as in the directory", entries => entries[1].WithSizesBehind(Signature, size: 1)),
        ["has another signature behind the data"] = Lie("the same behind 'hello.nuspec' as in the directory", entries => entries[1].WithSizesBehind("evil"u8)),
        ["has fewer files than its directory"] = (typeof(PackageMalformedException), "2 files in its directory: more", () => new RawZip { Count = 2 }.Write(new TestPackage().ToEntries())),
        ["has more files than its directory"] = (typeof(PackageMalformedException), "20 files in its directory: 5", () => new RawZip { Count = 20 }.Write(new TestPackage().ToEntries())),
        ["has its directory elsewhere"] = (typeof(PackageMalformedException), "a directory that ends where the archive's end begins: ", () => new RawZip { DirectoryShift = 10 }.Write(new TestPackage().ToEntries())),
        ["is one of several disks"] = (typeof(PackageMalformedException), "one archive in one file, without a comment: another kind", () => new RawZip { Disk = 1 }.Write(new TestPackage().ToEntries())),
        ["is cut off"] = (typeof(PackageMalformedException), "a ZIP archive with nothing behind it: other bytes at its end", () => new TestPackage().ToBytes()[..^30]),
        ["is empty"] = (typeof(PackageMalformedException), "a ZIP archive: 0 bytes", () => []),
        ["is text"] = (typeof(PackageMalformedException), "a ZIP archive with nothing behind it: other bytes at its end", () => Encoding.UTF8.GetBytes(new string('a', 1000))),

        // What the statement and the manifests do not say.
        ["has no statement"] = Lie("a statement plugin-package.json: none", entries => entries.RemoveAt(0)),
        ["has a statement that is no JSON"] = Statement("a statement in plugin-package.json: 's' is an invalid start of a value", _ => "statement"),
        ["has a statement of a later form"] = Statement("statementVersion 1: 2", text => text.Replace("\"statementVersion\": 1", "\"statementVersion\": 2", StringComparison.Ordinal)),
        ["states a field twice"] = Statement("exactly as it is written when packing: other fields", text => text.Replace("\"version\"", "\"id\": \"other\",\n  \"version\"", StringComparison.Ordinal)),
        ["states a field that nobody knows"] = Statement("exactly as it is written when packing: other fields", text => text.Replace("\"version\"", "\"trusted\": true,\n  \"version\"", StringComparison.Ordinal)),
        ["states nothing for a field"] = Statement("a statement in plugin-package.json: the field version is not a text", text => text.Replace("\"1.0.0\"", "null", StringComparison.Ordinal)),
        ["holds a file that is not stated"] = Lie("the files of the statement and no others: 'plugins/evil.so'", entries => entries.Add(new RawEntry("plugins/evil.so", [1]))),
        ["lacks a file that is stated"] = Lie("the files of the statement: none of the name ", entries => entries.RemoveAt(Data(entries))),
        ["holds a file of another size"] = (typeof(PackageDigestException), "5 bytes: 1", () => Zip(entries => entries[Data(entries)] = new RawEntry(entries[Data(entries)].Name, [1]))),
        ["holds a file with other bytes"] = (typeof(PackageDigestException), "SHA-256 92521fc3cbd964bdc9f584a991b89fddaa5754ed1cc96d6d42445338669c1305: f0b8c77d978d7b4aebeb1df5a2c0a6aa70393689819dd4060826ab6d36b5ea90", () => Zip(entries => entries[Data(entries)].Packed[0] ^= 1)),
        ["holds data that cannot be unpacked"] = (typeof(PackageDigestException), "deflated data: data that is not", () => Zip(entries => entries[Data(entries)].Method = 8)),
        ["has an id in upper case"] = (typeof(PackageMalformedException), "an id of lower-case letters, digits and _ . -", () => new TestPackage { Id = "Hello" }.ToBytes()),
        ["has an id with look-alike letters"] = (typeof(PackageMalformedException), "an id of lower-case letters, digits and _ . -", () => new TestPackage { Id = "hellо" }.ToBytes()),
        ["has a version with a path in it"] = (typeof(PackageMalformedException), "at most 64 characters: '1.0.0-../../x'", () => new TestPackage { Version = "1.0.0-../../x" }.ToBytes()),
        ["has another version in its manifest"] = Content("hello 1.0.0, as the package says: hello 2.0.0, as the manifest for", package => package.Change(manifest => manifest with { Version = "2.0.0" })),
        ["has another id in its manifest"] = Content("as the plugin's id is other: ", package => package.Change(manifest => manifest with { Id = "other" })),
        ["has another system in its manifest"] = Content(": one for 'win-x64', as its manifest says", package => package.Change(manifest => manifest with { Rid = "win-x64" })),
        ["names another library in its manifest"] = Content("as the plugin's id is hello: 'libc.so.6' with ", package => package.Change(manifest => manifest with { Library = "libc.so.6" })),
        ["lists a file that is not there"] = Content(", as the manifest says: no such file", package => package.Change(manifest => manifest with { Files = ["absent"] })),
        ["lists a file outside of it"] = (typeof(PluginManifestException), "files inside the plugin's directory: '../../../etc/passwd'", () => new TestPackage().Change(manifest => manifest with { Files = ["../../../etc/passwd"] }).ToBytes()),
        ["holds a file that its manifest does not list"] = Content("files that the manifest lists: ", package => package.With($"plugins/{package.Rid}/libevil.so", "")),
        ["has a folder for no system"] = Content("folders named after systems, such as linux-x64: 'plugins/beos-x64'", package => package.With("plugins/beos-x64/x", "")),
        ["has a file in place of a folder"] = Content("folders of systems in plugins/: 'plugins/linux-x64.so'", package => package.With("plugins/linux-x64.so", "")),
        ["holds no plugin"] = Content("a plugin in plugins/: none", package => package.Files.Keys.Where(path => path.StartsWith("plugins/", StringComparison.Ordinal)).ToList().ForEach(path => package.Files.Remove(path))),
        ["holds a library that is no plugin"] = Content("(NP2007)", package => package.Files[package.Library] = TestLibrary.NoPlugin),
        ["holds text in place of a library"] = Content("(NP2003)", package => package.With(package.Library, new string('x', 100))),
        ["holds a library cut off"] = Content(": 600 bytes (NP2002)", package => package.Files[package.Library] = TestLibrary.Plugin[..600]),
        ["holds a library that needs what is nowhere"] = Content("(NP3001)", package => package.Files[package.Library] = TestLibrary.Needy),
        ["says that compiled .NET has no runtime"] = Content(" without a runtime, as its manifest says: one that NativeAOT compiled", package => package.Files[package.Library] = TestLibrary.Managed),
        ["holds the library of another system"] = Content("a library for linux-riscv64: ", package =>
        {
            package.Files.Keys.Where(path => path.StartsWith("plugins/", StringComparison.Ordinal)).ToList().ForEach(path => package.Files.Remove(path));
            package.Add("linux-riscv64", TestLibrary.Plugin);
        }),
    };

    /// <summary>Of the sizes that follow the data.</summary>
    private static ReadOnlySpan<byte> Signature => [0x50, 0x4B, 7, 8];

    /// <param name="name">Of a file.</param>
    /// <param name="shown">How the refusal shows it, if not as it is.</param>
    private static (Type Refusal, string Words, Func<byte[]> Make) Name(string name, string? shown = null) =>
        (typeof(PackageEntryException), $"has a name that Windows reserves: '{shown ?? name}", () => Zip(entries => entries.Add(new RawEntry(name, [1]))));

    private static (Type Refusal, string Words, Func<byte[]> Make) Kind(int mode) =>
        (typeof(PackageEntryException), "regular files only: 'hello.nuspec'", () => Zip(entries => entries[1].WithMode(mode)));

    private static (Type Refusal, string Words, Func<byte[]> Make) Lie(string words, Action<List<RawEntry>> change) => (typeof(PackageMalformedException), words, () => Zip(change));

    private static (Type Refusal, string Words, Func<byte[]> Make) Statement(string words, Func<string, string> change) => (typeof(PackageMalformedException), words,
        () => new RawZip().Write(new TestPackage().ToEntries(statement => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(statement))))));

    private static (Type Refusal, string Words, Func<byte[]> Make) Content(string words, Action<TestPackage> change) => (typeof(PackageContentException), words, () =>
    {
        var package = new TestPackage();
        change(package);
        return package.ToBytes();
    });

    private static byte[] Zip(Action<List<RawEntry>> change)
    {
        List<RawEntry> entries = new TestPackage().ToEntries();
        change(entries);
        return new RawZip().Write(entries);
    }

    /// <summary>Where the plugin's file of data is.</summary>
    private static int Data(List<RawEntry> entries) => entries.FindIndex(entry => entry.Name.EndsWith("version.txt", StringComparison.Ordinal));

    private static RawEntry Deflated(string name, byte[] content, uint? says = null)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return new RawEntry(name, packed.ToArray()) { Method = 8, Size = says ?? (uint)content.Length };
    }
}
