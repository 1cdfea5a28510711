using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NativePlugins.Host;

/// <summary>
/// Builds for newer processors lie in directories of their own, which the loader prefers as far as the processor can:
/// ld.so(8), "Hardware capabilities".
/// </summary>
/// <param name="files">The system's files.</param>
/// <param name="isThisProcessor">Whether the system runs on this one; of another nothing is taken for granted.</param>
internal sealed class HardwareCapabilities(LibraryFiles files, bool isThisProcessor)
{
    private const string Folder = "glibc-hwcaps";

    private readonly string[] _levels = isThisProcessor ? SupportedLevels() : [];
    private readonly Dictionary<string, string[]> _variants = [];

    /// <summary>The subdirectories to look in before the directory itself, best first.</summary>
    public string[] VariantsOf(string directory)
    {
        if (!_variants.TryGetValue(directory, out string[]? variants))
        {
            string folder = Path.Join(directory, Folder);
            variants = files.Exists(folder)
                ? Array.ConvertAll(_levels, level => Path.Join(folder, level))
                : [];
            _variants[directory] = variants;
        }

        return variants;
    }

    /// <summary>Of the cache's paths for one name: the best build that the processor supports first, unsupported ones not at all.</summary>
    public IEnumerable<string> Order(IEnumerable<string> paths) =>
        paths.Select(path => (Path: path, Rank: RankOf(path))).Where(entry => entry.Rank >= 0).OrderBy(entry => entry.Rank).Select(entry => entry.Path);

    private int RankOf(string path)
    {
        string[] parts = path.Split('/');
        int folder = Array.IndexOf(parts, Folder);
        return folder < 0 || folder + 1 >= parts.Length ? _levels.Length : Array.IndexOf(_levels, parts[folder + 1]);
    }

    private static string[] SupportedLevels()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || !(Sse42.IsSupported && Popcnt.IsSupported))
        {
            return [];
        }

        bool isV3 = Avx2.IsSupported && Bmi1.IsSupported && Bmi2.IsSupported && Fma.IsSupported && Lzcnt.IsSupported;
        bool isV4 = isV3 && Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported;
        return isV4 ? ["x86-64-v4", "x86-64-v3", "x86-64-v2"] : isV3 ? ["x86-64-v3", "x86-64-v2"] : ["x86-64-v2"];
    }
}
