namespace NativePlugins.Host;

/// <summary>A library's names, arranged for binding.</summary>
internal sealed class LibraryNames
{
    private readonly HashSet<string> _names;
    private readonly HashSet<(string Name, string Version)> _versioned = [];
    private readonly Dictionary<string, string> _forwarders = [];
    private readonly IReadOnlySet<string> _definedVersions;

    public LibraryNames(BinarySymbols symbols)
    {
        _names = new HashSet<string>(symbols.Exports.Count);
        foreach (BinarySymbol symbol in symbols.Exports)
        {
            AddName(symbol.Name, symbol.Forwarder);
            if (symbol.Ordinal is int ordinal)
            {
                AddName(PeImports.NameOf((ushort)ordinal), symbol.Forwarder);
            }

            if (symbol.Version is not null)
            {
                _versioned.Add((symbol.Name, symbol.Version));
            }
        }

        _definedVersions = symbols.DefinedVersions;
        Open = [.. symbols.Undefined.Where(symbol => !symbol.IsWeak)];
        NeededVersions = symbols.NeededVersions;
    }

    /// <summary>What must be defined elsewhere.</summary>
    public IReadOnlyList<BinarySymbol> Open { get; }

    public IReadOnlyList<BinaryVersionNeed> NeededVersions { get; }

    /// <summary>The number of names, by which the memory that this takes can be judged.</summary>
    public int Count => _names.Count + Open.Count;

    /// <summary>What has no versions at all satisfies any: glibc, do_lookup_x.</summary>
    public bool Defines(in BinarySymbol symbol) => symbol.Version is null || _definedVersions.Count == 0
        ? _names.Contains(symbol.Name)
        : _versioned.Contains((symbol.Name, symbol.Version));

    public bool Defines(string name) => _names.Contains(name);

    /// <summary>Where an exported name leads to, if it leads to another library.</summary>
    public string? ForwarderOf(string name) => _forwarders.GetValueOrDefault(name);

    public bool LacksVersion(string version) => _definedVersions.Count > 0 && !_definedVersions.Contains(version);

    private void AddName(string name, string? forwarder)
    {
        _names.Add(name);
        if (forwarder is not null)
        {
            _forwarders.TryAdd(name, forwarder);
        }
    }
}
