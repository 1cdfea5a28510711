using System.IO.Compression;
using System.Text;

namespace NativePlugins.Distribution.Tests.Packages;

/// <summary>Packages that somebody made to do harm, or that something damaged; each with the one refusal that it must meet.</summary>
internal static class HostilePackage
{
    private const int Link = 0xA1FF, Device = 0x21B6, Pipe = 0x11B6, Socket = 0xC1B6, UnixDirectory = 0x41ED;

    /// <summary>By what it does.</summary>
    public static IReadOnlyDictionary<string, (Type Refusal, Func<byte[]> Make)> All { get; } = new Dictionary<string, (Type, Func<byte[]>)>(StringComparer.Ordinal)
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
        ["has a NUL in its name"] = Name("evil.so\0.txt"),
        ["has a line feed in its name"] = Name("evil\n.so"),
        ["has a stream of NTFS as its name"] = Name("a.txt:evil"),
        ["has the name of a device of Windows"] = Name("plugins/NUL.txt"),
        ["has the name of a port of Windows"] = Name("plugins/com1"),
        ["ends with a dot, which Windows leaves out"] = Name("plugins/evil.so."),
        ["ends with a space, which Windows leaves out"] = Name("plugins/evil.so "),
        ["has letters that look like others"] = Name("plugins/һello.so"),
        ["turns the direction of text"] = Name("plugins/evil\u202Eos.so"),
        ["is escaped, as NuGet would unescape it"] = Name("plugins/%2e%2e/evil.so"),
        ["has a very long name"] = Name(new string('a', 5000)),
        ["differs from another in letter case only"] = (typeof(PackageEntryException), () => new TestPackage().With("DATA.txt", "").With("data.txt", "").ToBytes()),
        ["is a file and a folder"] = (typeof(PackageEntryException), () => new TestPackage().With("data", "").With("data/x", "").ToBytes()),
        ["is in one folder with two spellings"] = (typeof(PackageEntryException), () => new TestPackage().With("Data/y", "").With("data/x", "").ToBytes()),
        ["is there twice"] = (typeof(PackageEntryException), () => Zip(entries => entries.Add(new RawEntry(entries[1].Name, entries[1].Packed)))),

        // What is no regular file.
        ["is a link"] = Kind(Link),
        ["is a device"] = Kind(Device),
        ["is a pipe"] = Kind(Pipe),
        ["is a socket"] = Kind(Socket),
        ["is a directory"] = Kind(UnixDirectory),
        ["is a reparse point of Windows"] = (typeof(PackageEntryException), () => Zip(entries => entries[1].Attributes = 0x400)),

        // What fills memory or disk.
        ["unpacks to a thousand times its size"] = (typeof(PackageLimitException), () => Zip(entries => entries[1] = Deflated("plugins/bomb", new byte[64 << 20]))),
        ["unpacks to more than it says"] = (typeof(PackageDigestException), () => Zip(entries => entries[Data(entries)] = Deflated(entries[Data(entries)].Name, new byte[1 << 20], says: 5))),
        ["unpacks to less than it says"] = (typeof(PackageDigestException), () => Zip(entries => entries[Data(entries)] = Deflated(entries[Data(entries)].Name, new byte[2], says: 5))),
        ["has 100,000 files"] = (typeof(PackageLimitException), () => Zip(entries => entries.AddRange(Enumerable.Range(0, 100_000).Select(i => new RawEntry($"f/{i}", []))))),
        ["has more files than allowed"] = (typeof(PackageLimitException), () => Zip(entries => entries.AddRange(Enumerable.Range(0, 10_001).Select(i => new RawEntry($"f/{i}", []))))),
        ["says that it is enormous"] = (typeof(PackageLimitException), () => Zip(entries =>
        {
            entries[1].Size = entries[2].Size = uint.MaxValue;
            entries[1].Method = entries[2].Method = 8;
        })),
        ["uses the same bytes for two files"] = (typeof(PackageMalformedException), () => Zip(entries => entries.Add(new RawEntry(entries[0].Name, entries[0].Packed) { Offset = 0 }))),

        // What two readers would read differently.
        ["has another name in front of the data"] = Lie(entries => entries[1].LocalName = new string('x', entries[1].Name.Length)),
        ["has another method in front of the data"] = Lie(entries => entries[1].LocalMethod = 8),
        ["has another size in front of the data"] = Lie(entries => entries[1].LocalSize = 1),
        ["has a second name in an extra field"] = Lie(entries => entries[1].Extra = [0x75, 0x70, 1, 0, (byte)'x']),
        ["is encrypted"] = Lie(entries => entries[1].Flags = 1),
        ["is packed in a way that is not usual"] = Lie(entries => entries[1].Method = 14),
        ["begins with another file"] = (typeof(PackageMalformedException), () => new RawZip { Before = [0x7F, (byte)'E', (byte)'L', (byte)'F'] }.Write(new TestPackage().ToEntries())),
        ["ends with another file"] = (typeof(PackageMalformedException), () => new RawZip { After = new byte[100] }.Write(new TestPackage().ToEntries())),
        ["hides bytes in front of its directory"] = (typeof(PackageMalformedException), () => new RawZip { Between = new byte[100] }.Write(new TestPackage().ToEntries())),
        ["hides a byte in front of its directory"] = (typeof(PackageMalformedException), () => new RawZip { Between = [1] }.Write(new TestPackage().ToEntries())),
        ["hides a byte between two files"] = Lie(entries => entries[1].Behind = [1]),
        ["hides as many bytes as sizes have where none follow"] = Lie(entries => entries[1].Behind = new byte[16]),
        ["hides a byte behind the sizes that follow"] = Lie(entries => entries[1].WithSizesBehind(Signature).Behind = [.. entries[1].Behind[..12], 1]),
        ["says that sizes follow, and none do"] = Lie(entries => entries[1].Flags = 8),
        ["says another size behind the data"] = Lie(entries => entries[1].WithSizesBehind([], size: 1)),
        ["says another size behind the data and the signature"] = Lie(entries => entries[1].WithSizesBehind(Signature, size: 1)),
        ["has another signature behind the data"] = Lie(entries => entries[1].WithSizesBehind("evil"u8)),
        ["has fewer files than its directory"] = (typeof(PackageMalformedException), () => new RawZip { Count = 2 }.Write(new TestPackage().ToEntries())),
        ["has more files than its directory"] = (typeof(PackageMalformedException), () => new RawZip { Count = 20 }.Write(new TestPackage().ToEntries())),
        ["has its directory elsewhere"] = (typeof(PackageMalformedException), () => new RawZip { DirectoryShift = 10 }.Write(new TestPackage().ToEntries())),
        ["is one of several disks"] = (typeof(PackageMalformedException), () => new RawZip { Disk = 1 }.Write(new TestPackage().ToEntries())),
        ["is cut off"] = (typeof(PackageMalformedException), () => new TestPackage().ToBytes()[..^30]),
        ["is empty"] = (typeof(PackageMalformedException), () => []),
        ["is text"] = (typeof(PackageMalformedException), () => Encoding.UTF8.GetBytes(new string('a', 1000))),

        // What the statement and the manifests do not say.
        ["has no statement"] = Lie(entries => entries.RemoveAt(0)),
        ["has a statement that is no JSON"] = Statement(_ => "statement"),
        ["has a statement of a later form"] = Statement(text => text.Replace("\"statementVersion\": 1", "\"statementVersion\": 2", StringComparison.Ordinal)),
        ["states a field twice"] = Statement(text => text.Replace("\"version\"", "\"id\": \"other\",\n  \"version\"", StringComparison.Ordinal)),
        ["states a field that nobody knows"] = Statement(text => text.Replace("\"version\"", "\"trusted\": true,\n  \"version\"", StringComparison.Ordinal)),
        ["states nothing for a field"] = Statement(text => text.Replace("\"1.0.0\"", "null", StringComparison.Ordinal)),
        ["holds a file that is not stated"] = Lie(entries => entries.Add(new RawEntry("plugins/evil.so", [1]))),
        ["lacks a file that is stated"] = Lie(entries => entries.RemoveAt(Data(entries))),
        ["holds a file of another size"] = (typeof(PackageDigestException), () => Zip(entries => entries[Data(entries)] = new RawEntry(entries[Data(entries)].Name, [1]))),
        ["holds a file with other bytes"] = (typeof(PackageDigestException), () => Zip(entries => entries[Data(entries)].Packed[0] ^= 1)),
        ["holds data that cannot be unpacked"] = (typeof(PackageDigestException), () => Zip(entries => entries[Data(entries)].Method = 8)),
        ["has an id in upper case"] = (typeof(PackageMalformedException), () => new TestPackage { Id = "Hello" }.ToBytes()),
        ["has an id with look-alike letters"] = (typeof(PackageMalformedException), () => new TestPackage { Id = "hellо" }.ToBytes()),
        ["has a version with a path in it"] = (typeof(PackageMalformedException), () => new TestPackage { Version = "1.0.0-../../x" }.ToBytes()),
        ["has another version in its manifest"] = Content(package => package.Change(manifest => manifest with { Version = "2.0.0" })),
        ["has another id in its manifest"] = Content(package => package.Change(manifest => manifest with { Id = "other" })),
        ["has another system in its manifest"] = Content(package => package.Change(manifest => manifest with { Rid = "win-x64" })),
        ["names another library in its manifest"] = Content(package => package.Change(manifest => manifest with { Library = "libc.so.6" })),
        ["lists a file that is not there"] = Content(package => package.Change(manifest => manifest with { Files = ["absent"] })),
        ["lists a file outside of it"] = (typeof(PluginManifestException), () => new TestPackage().Change(manifest => manifest with { Files = ["../../../etc/passwd"] }).ToBytes()),
        ["holds a file that its manifest does not list"] = Content(package => package.With($"plugins/{package.Rid}/libevil.so", "")),
        ["has a folder for no system"] = Content(package => package.With("plugins/beos-x64/x", "")),
        ["has a file in place of a folder"] = Content(package => package.With("plugins/linux-x64.so", "")),
        ["holds no plugin"] = Content(package => package.Files.Keys.Where(path => path.StartsWith("plugins/", StringComparison.Ordinal)).ToList().ForEach(path => package.Files.Remove(path))),
        ["holds a library that is no plugin"] = Content(package => package.Files[package.Library] = TestLibrary.NoPlugin),
        ["holds text in place of a library"] = Content(package => package.With(package.Library, new string('x', 100))),
        ["holds a library cut off"] = Content(package => package.Files[package.Library] = TestLibrary.Plugin[..600]),
        ["holds a library that needs what is nowhere"] = Content(package => package.Files[package.Library] = TestLibrary.Needy),
        ["says that compiled .NET has no runtime"] = Content(package => package.Files[package.Library] = TestLibrary.Managed),
        ["holds the library of another system"] = Content(package =>
        {
            package.Files.Keys.Where(path => path.StartsWith("plugins/", StringComparison.Ordinal)).ToList().ForEach(path => package.Files.Remove(path));
            package.Add("linux-riscv64", TestLibrary.Plugin);
        }),
    };

    /// <summary>Of the sizes that follow the data.</summary>
    private static ReadOnlySpan<byte> Signature => [0x50, 0x4B, 7, 8];

    private static (Type Refusal, Func<byte[]> Make) Name(string name) => (typeof(PackageEntryException), () => Zip(entries => entries.Add(new RawEntry(name, [1]))));

    private static (Type Refusal, Func<byte[]> Make) Kind(int mode) => (typeof(PackageEntryException), () => Zip(entries => entries[1].WithMode(mode)));

    private static (Type Refusal, Func<byte[]> Make) Lie(Action<List<RawEntry>> change) => (typeof(PackageMalformedException), () => Zip(change));

    private static (Type Refusal, Func<byte[]> Make) Statement(Func<string, string> change) => (typeof(PackageMalformedException),
        () => new RawZip().Write(new TestPackage().ToEntries(statement => Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(statement))))));

    private static (Type Refusal, Func<byte[]> Make) Content(Action<TestPackage> change) => (typeof(PackageContentException), () =>
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
