using NativePlugins.Binary.Model;
using NativePlugins.Binary.Pe;

namespace NativePlugins.Binary.Dependencies;

/// <summary>A library's names, arranged for binding symbols.</summary>
internal sealed class LibraryNames
{
    private readonly Lazy<ExportTable> _exports;
    private readonly IReadOnlySet<string> _definedVersions;
    private readonly bool _hasVersions;

    public LibraryNames(BinarySymbols symbols)
    {
        Count = symbols.Exports.Count + symbols.Undefined.Count;
        Open = [.. symbols.Undefined.Where(symbol => !symbol.IsWeak)];
        NeededVersions = symbols.NeededVersions;
        _definedVersions = symbols.DefinedVersions;
        _hasVersions = symbols.HasVersions;
        IReadOnlyList<BinarySymbol> exports = symbols.Exports;
        _exports = new Lazy<ExportTable>(() => new ExportTable(exports), isThreadSafe: false);
    }

    /// <summary>The names that another library must define, without the weak ones.</summary>
    public IReadOnlyList<BinarySymbol> Open { get; }

    public IReadOnlyList<BinaryVersionNeed> NeededVersions { get; }

    /// <summary>The number of names, a measure of the memory that this object takes.</summary>
    public int Count { get; }

    /// <summary>A library without any versions satisfies every version: glibc, do_lookup_x.</summary>
    public bool Defines(in BinarySymbol symbol) => symbol.Version is null || !_hasVersions
        ? _exports.Value.Contains(symbol.Name)
        : _exports.Value.Contains(symbol.Name, symbol.Version);

    public bool Defines(string name) => _exports.Value.Contains(name);

    /// <summary>What an exported name forwards to in another library; null if it does not.</summary>
    public string? ForwarderOf(string name) => _exports.Value.ForwarderOf(name);

    public bool LacksVersion(string version) => _hasVersions && !_definedVersions.Contains(version);

    /// <summary>The highest version that the library defines, as in <c>PREFIX_2.36</c>; null if it defines none.</summary>
    public Version? HighestVersion(string prefix) => _definedVersions
        .Where(version => version.StartsWith(prefix, StringComparison.Ordinal))
        .Select(version => System.Version.TryParse(version.AsSpan(prefix.Length), out Version? number) ? number : null)
        .Max();

    /// <summary>Made at the first question: many libraries are only asked for the names that they leave open.</summary>
    private sealed class ExportTable
    {
        // Nearly every name has one version.
        private readonly Dictionary<string, string?> _versions;
        private readonly HashSet<(string Name, string Version)> _furtherVersions = [];
        private readonly Dictionary<string, string> _forwarders = [];

        public ExportTable(IReadOnlyList<BinarySymbol> exports)
        {
            _versions = new Dictionary<string, string?>(exports.Count);
            foreach (BinarySymbol symbol in exports)
            {
                Add(symbol.Name, symbol.Version, symbol.Forwarder);
                if (symbol.Ordinal is int ordinal)
                {
                    Add(PeImports.NameOf((ushort)ordinal), null, symbol.Forwarder);
                }
            }
        }

        public bool Contains(string name) => _versions.ContainsKey(name);

        public bool Contains(string name, string version) => _versions.TryGetValue(name, out string? first)
            && (first == version || (_furtherVersions.Count > 0 && _furtherVersions.Contains((name, version))));

        public string? ForwarderOf(string name) => _forwarders.GetValueOrDefault(name);

        private void Add(string name, string? version, string? forwarder)
        {
            if (!_versions.TryAdd(name, version) && version is not null)
            {
                _furtherVersions.Add((name, version));
            }

            if (forwarder is not null)
            {
                _forwarders.TryAdd(name, forwarder);
            }
        }
    }
}
