using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using NativePlugins.Binary.Elf;

namespace NativePlugins.Binary.Dependencies;

/// <summary>
/// Builds for newer processors lie in directories of their own. The loader prefers the best of them that the processor can run: ld.so(8),
/// "Hardware capabilities". glibc has the subdirectories of <c>glibc-hwcaps</c> from 2.33 on; up to 2.36 it also has all combinations of
/// older names, as in <c>tls/haswell/x86_64</c>.
/// </summary>
/// <param name="files">The system's files.</param>
/// <param name="isThisProcessor">Whether the system runs on this processor. Nothing is assumed of another.</param>
/// <param name="glibc">The version of glibc in use there; null if it is not known.</param>
internal sealed class HardwareCapabilities(LibraryFiles files, bool isThisProcessor, Lazy<Version?> glibc)
{
    private const string Folder = "glibc-hwcaps";
    private const int FirstPlatform = 48;
    private const ulong PlatformBits = 0xFUL << FirstPlatform;
    private const ulong ThreadLocalBit = 1UL << 63;

    private static readonly Version s_firstWithFolder = new(2, 33);
    private static readonly Version s_firstWithoutOlder = new(2, 37);
    private static readonly string[] s_platforms = ["i586", "i686", "haswell", "xeon_phi"];

    private readonly string[] _levels = isThisProcessor ? SupportedLevels() : [];
    private readonly Dictionary<string, string[]> _variants = [];

    /// <summary>What <c>$PLATFORM</c> stands for on this processor; null where that is the machine's name.</summary>
    public static string? OwnPlatform { get; } = FindPlatform();

    private string[] Levels => glibc.Value < s_firstWithFolder ? [] : _levels;

    private bool HasOlder => isThisProcessor && glibc.Value < s_firstWithoutOlder && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>The subdirectories to look in before the directory itself, best first.</summary>
    public string[] VariantsOf(string directory)
    {
        if (!_variants.TryGetValue(directory, out string[]? variants))
        {
            string folder = Path.Join(directory, Folder);
            variants = _levels.Length == 0 && !isThisProcessor ? []
                : [.. files.Exists(folder) ? Levels.Select(level => Path.Join(folder, level)) : [], .. FindOlder(directory)];
            _variants[directory] = variants;
        }

        return variants;
    }

    /// <summary>The library that the loader would take among those of one name in the cache: glibc, elf/dl-cache.c, "search_cache".</summary>
    public string? Choose(IEnumerable<LdSoCacheEntry> entries)
    {
        string? best = null;
        int rank = int.MaxValue;
        foreach (LdSoCacheEntry entry in entries)
        {
            if (entry.Variant is { } variant)
            {
                int found = Array.IndexOf(Levels, variant);
                if (found >= 0 && found < rank && (ElfProcessorLevel.OfThisProcessor >> (int)Math.Min(entry.IsaLevel, 31) & 1) != 0)
                {
                    (best, rank) = (entry.Path, found);
                }
            }
            else if (best is not null || IsUsable(entry.Capabilities))
            {
                // Entries with a variant come first.
                return best ?? entry.Path;
            }
        }

        return best;
    }

    private static string[] SupportedLevels()
    {
        uint levels = ElfProcessorLevel.OfThisProcessor;
        return RuntimeInformation.ProcessArchitecture != Architecture.X64 ? []
            : [.. ((string[])["x86-64-v4", "x86-64-v3", "x86-64-v2"]).Skip(4 - (BitOperations.Log2(levels | 1) + 1))];
    }

    /// <summary>All combinations of older names that the loader tries, as far as they exist.</summary>
    private IEnumerable<string> FindOlder(string directory)
    {
        if (!HasOlder)
        {
            yield break;
        }

        string[] names = HasAvx512 ? ["x86_64", "avx512_1", OwnPlatform ?? "x86_64", "tls"] : ["x86_64", OwnPlatform ?? "x86_64", "tls"];
        HashSet<string> existing = [.. names.Distinct().Where(name => files.Exists(Path.Join(directory, name)))];
        if (existing.Count == 0)
        {
            yield break;
        }

        for (int set = (1 << names.Length) - 1; set > 0; set--)
        {
            string[] parts = [.. Enumerable.Range(0, names.Length).Reverse().Where(bit => (set >> bit & 1) != 0).Select(bit => names[bit])];
            if (existing.Contains(parts[0]))
            {
                yield return Path.Join(directory, string.Join('/', parts));
            }
        }
    }

    /// <summary>Whether this processor can use what lies in an older subdirectory, by its bits in the cache.</summary>
    private bool IsUsable(ulong capabilities)
    {
        const ulong Machine = 1 << 1;
        const ulong Avx512 = 1 << 2;
        if (!HasOlder)
        {
            return capabilities is 0 or ThreadLocalBit;
        }

        ulong platform = Array.IndexOf(s_platforms, OwnPlatform) is >= 0 and int index ? 1UL << (FirstPlatform + index) : 0;
        ulong allowed = Machine | (HasAvx512 ? Avx512 : 0) | PlatformBits | ThreadLocalBit;
        return (capabilities & ~allowed) == 0 && ((capabilities & PlatformBits) == 0 || (capabilities & PlatformBits) == platform);
    }

    private static bool HasAvx512 => OwnPlatform is not null and not "xeon_phi" && (ElfProcessorLevel.OfThisProcessor & 8) != 0;

    /// <summary>glibc, sysdeps/x86/cpu-features.c: only Intel's processors have such a name.</summary>
    private static string? FindPlatform()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return null;
        }

        const int Genu = 0x756E6547;
        const int Avx512Er = 1 << 27;
        const int Avx512Pf = 1 << 26;
        bool isIntel = X86Base.CpuId(0, 0).Ebx == Genu;
        int extended = X86Base.CpuId(7, 0).Ebx;
        return !isIntel || (ElfProcessorLevel.OfThisProcessor & 4) == 0 ? null
            : (extended & Avx512Er) != 0 && (extended & Avx512Pf) != 0 ? "xeon_phi" : "haswell";
    }
}
