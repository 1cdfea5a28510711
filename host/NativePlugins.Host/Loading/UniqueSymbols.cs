using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Staging;

namespace NativePlugins.Host.Loading;

/// <summary>
/// What the libraries of plugins share without knowing it, over all hosts of the process. glibc's loader binds a definition of the binding
/// STB_GNU_UNIQUE to the first one of its name, RTLD_LOCAL or not, and keeps the library that holds it for good. Code that was compiled for
/// a larger definition then writes past it. Thread-safe.
/// </summary>
internal static class UniqueSymbols
{
    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, List<Definition>> s_byName = new(StringComparer.Ordinal);
    private static readonly HashSet<string> s_mapped = new(StringComparer.Ordinal);

    /// <summary>Remembers what a plugin's library, and those that it brings, define. Called before they are mapped.</summary>
    /// <exception cref="PluginUniqueSymbolException">
    /// Another library defines one of the symbols differently, or is another build of the same library.
    /// </exception>
    public static void Claim(VerifiedPlugin plugin, bool allowShared)
    {
        List<Owner> owners = OwnersOf(plugin);
        if (owners.Count == 0)
        {
            return;
        }

        lock (s_lock)
        {
            if (!allowShared && FindConflict(owners, static (mine, other) => !mine.Symbol.IsLike(other.Symbol) || mine.Owner.IsOtherBuildOf(other.Owner)) is { } conflict)
            {
                throw Refuse(plugin, conflict);
            }

            s_mapped.Add(plugin.Binary.Path);
            foreach (Owner owner in owners)
            {
                foreach (UniqueSymbol symbol in owner.Symbols)
                {
                    if (!s_byName.TryGetValue(symbol.Name, out List<Definition>? definitions))
                    {
                        s_byName.Add(symbol.Name, definitions = []);
                    }

                    if (!definitions.Exists(other => other.Owner.Path == owner.Path))
                    {
                        definitions.Add(new Definition(symbol, owner));
                    }
                }
            }
        }
    }

    /// <summary>Refuses a new generation that would go on using variables of an older one.</summary>
    /// <exception cref="PluginUniqueSymbolException">It would.</exception>
    public static void RequireOwn(VerifiedPlugin generation)
    {
        List<Owner> owners = OwnersOf(generation);
        if (owners.Count == 0)
        {
            return;
        }

        lock (s_lock)
        {
            if (FindConflict(owners, static (mine, other) => mine.Owner.Plugin == other.Owner.Plugin && !mine.Owner.IsSameBrought(other.Owner)) is { } conflict)
            {
                throw Refuse(generation, conflict);
            }
        }
    }

    /// <summary>A plugin's library is no longer mapped, or never was. If it was, the libraries that it brought stay remembered.</summary>
    /// <param name="path">The path of the plugin's library, as it was mapped.</param>
    /// <param name="wasMapped">Whether the loader has mapped these libraries.</param>
    public static void Release(string path, bool wasMapped)
    {
        lock (s_lock)
        {
            if (!s_mapped.Remove(path))
            {
                return;
            }

            List<string>? empty = null;
            foreach ((string name, List<Definition> definitions) in s_byName)
            {
                if (definitions.RemoveAll(definition => (wasMapped ? definition.Owner.Path : definition.Owner.MappedWith) == path) > 0 && definitions.Count == 0)
                {
                    (empty ??= []).Add(name);
                }
            }

            empty?.ForEach(name => s_byName.Remove(name));
        }
    }

    private static (Definition Mine, Definition Other)? FindConflict(List<Owner> owners, Func<Definition, Definition, bool> isConflict)
    {
        foreach (Owner owner in owners)
        {
            foreach (UniqueSymbol symbol in owner.Symbols)
            {
                var mine = new Definition(symbol, owner);
                foreach (Definition other in s_byName.GetValueOrDefault(symbol.Name, []))
                {
                    if (other.Owner.Path != owner.Path && isConflict(mine, other))
                    {
                        return (mine, other);
                    }
                }
            }
        }

        return null;
    }

    private static IEnumerable<StagedFile> Brought(VerifiedPlugin plugin) =>
        plugin.Staged?.Files.Skip(1)
        ?? plugin.Manifest?.Files.Select(name => new StagedFile(name, Path.Combine(plugin.File.Directory, name), Hash: ""))
        ?? [];

    /// <summary>The plugin's library and the private ones that its manifest lists, without those that define no such symbols.</summary>
    private static List<Owner> OwnersOf(VerifiedPlugin plugin)
    {
        var owners = new List<Owner>();
        string mappedWith = plugin.Binary.Path;
        Add(plugin.File.InstalledPath, mappedWith, plugin.Staged?.Files[0].Hash, isBrought: false, plugin.Binary.UniqueSymbols);
        foreach (StagedFile file in Brought(plugin))
        {
            try
            {
                IReadOnlyList<UniqueSymbol> symbols = Preflight.ReadUniqueSymbols(file.Path, FileSystem.Current);
                Add(Path.Combine(plugin.File.Directory, file.Name), file.Path, file.Hash.Length == 0 ? null : file.Hash, isBrought: true, symbols);
            }
            catch (BinaryException)
            {
                // The file is data, not a library.
            }
        }

        return owners;

        void Add(string shown, string path, string? hash, bool isBrought, IReadOnlyList<UniqueSymbol> symbols)
        {
            if (symbols.Count > 0)
            {
                owners.Add(new Owner(plugin.File.InstalledPath, shown, path, mappedWith, hash, isBrought, symbols));
            }
        }
    }

    private static PluginUniqueSymbolException Refuse(VerifiedPlugin plugin, (Definition Mine, Definition Other) conflict)
    {
        (Definition mine, Definition other) = conflict;
        string name = UntrustedText.Quote(mine.Symbol.Name);
        string own = UntrustedText.Quote(mine.Owner.Shown);
        string others = mine.Owner.Shown == other.Owner.Shown ? $"an older build of it that is still mapped ({UntrustedText.Quote(other.Owner.Path)})" : UntrustedText.Quote(other.Owner.Shown);
        return new PluginUniqueSymbolException(new PluginFailure(
            $"{UntrustedText.Quote(plugin.File.InstalledPath)} would use {name} of another library in place of its own")
        {
            Expected = "names that no two libraries of the process share, or the same build of them",
            Found = $"the unique symbol {name}, {mine.Symbol.Describe()} in {own}, and {other.Symbol.Describe()} in {others}",
        });
    }

    private readonly record struct Definition(UniqueSymbol Symbol, Owner Owner);

    /// <summary>A library that is mapped, or is about to be.</summary>
    /// <param name="Plugin">The installed path of the plugin's library.</param>
    /// <param name="Shown">The library's own installed path.</param>
    /// <param name="Path">The path of the file that is mapped.</param>
    /// <param name="MappedWith">The path of the plugin's library, as it is mapped.</param>
    /// <param name="Hash">The file's SHA-256; null if it was not staged.</param>
    /// <param name="IsBrought">Whether the plugin needs it, and the loader finds it by its SONAME.</param>
    /// <param name="Symbols">The symbols that it defines.</param>
    private sealed record Owner(
        string Plugin, string Shown, string Path, string MappedWith, string? Hash, bool IsBrought, IReadOnlyList<UniqueSymbol> Symbols)
    {
        /// <summary>Whether it comes from the same installed file, with other bytes.</summary>
        public bool IsOtherBuildOf(Owner other) => Shown == other.Shown && Hash is not null && Hash != other.Hash;

        /// <summary>
        /// Whether the loader uses the mapped one, with all its state, in place of the other: both have the same SONAME and the same bytes.
        /// </summary>
        public bool IsSameBrought(Owner other) => IsBrought && other.IsBrought && Hash is not null && Hash == other.Hash;
    }
}
