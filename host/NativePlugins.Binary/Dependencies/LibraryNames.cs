using NativePlugins.Binary.Model;
using NativePlugins.Binary.Pe;

namespace NativePlugins.Binary.Dependencies;

/// <summary>A library's names, arranged for binding.</summary>
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

    /// <summary>What must be defined elsewhere.</summary>
    public IReadOnlyList<BinarySymbol> Open { get; }

    public IReadOnlyList<BinaryVersionNeed> NeededVersions { get; }

    /// <summary>The number of names, by which the memory that this takes can be judged.</summary>
    public int Count { get; }

    /// <summary>What has no versions at all satisfies any: glibc, do_lookup_x.</summary>
    public bool Defines(in BinarySymbol symbol) => symbol.Version is null || !_hasVersions
        ? _exports.Value.Contains(symbol.Name)
        : _exports.Value.Contains(symbol.Name, symbol.Version);

    public bool Defines(string name) => _exports.Value.Contains(name);

    /// <summary>Where an exported name leads to, if it leads to another library.</summary>
    public string? ForwarderOf(string name) => _exports.Value.ForwarderOf(name);

    public bool LacksVersion(string version) => _hasVersions && !_definedVersions.Contains(version);

    /// <summary>The highest of the versions <c>PREFIX_2.36</c> that it defines; null where it has none.</summary>
    public Version? HighestVersion(string prefix) => _definedVersions
        .Where(version => version.StartsWith(prefix, StringComparison.Ordinal))
        .Select(version => System.Version.TryParse(version.AsSpan(prefix.Length), out Version? number) ? number : null)
        .Max();

    /// <summary>Made when it is first asked: of many libraries only what they leave open is of interest.</summary>
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
