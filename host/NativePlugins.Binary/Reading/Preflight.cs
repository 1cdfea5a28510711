using NativePlugins.Binary.Elf;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.MachO;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Pe;

namespace NativePlugins.Binary.Reading;

/// <summary>
/// The checks before loading, from the file's own bytes: a library is mapped into the process only after them,
/// because mapping it already runs its constructors. Thread-safe.
/// </summary>
internal static class Preflight
{
    /// <summary>Reads the file and refuses it unless it is a library with that entry that this process could load.</summary>
    /// <exception cref="BinaryException">It is not. The reason is the first for which loading it would fail.</exception>
    public static BinaryImage Check(string path, FileSystem system, BinaryEntryPoint? entry, bool allowExecutableStack = false)
    {
        BinaryImage image = Read(path, system, requireTarget: BinaryTarget.OfProcess(system), entry);
        return Judge(image, system, allowExecutableStack, entry).FirstOrDefault() is { } refusal ? throw refusal.ToException() : image;
    }

    /// <summary>Every reason, in order, for which a file that could be read must not be handed to the system's loader.</summary>
    /// <param name="image">The file, read with the same entry.</param>
    /// <param name="system">The system.</param>
    /// <param name="allowExecutableStack">Whether it may make stacks executable.</param>
    /// <param name="entry">What it must export; null for nothing.</param>
    public static IEnumerable<BinaryReason> Judge(BinaryImage image, FileSystem system, bool allowExecutableStack, BinaryEntryPoint? entry)
    {
        var process = BinaryTarget.OfProcess(system);
        if (image.Kind == BinaryKind.ManagedAssembly)
        {
            // It fits every machine: what it is helps more.
            yield return PreflightFailures.WrongKind(image.Path, image.Kind);
            yield break;
        }

        if (image.Target != process)
        {
            yield return PreflightFailures.OtherTarget(image.Path, image.Target.Describe(), process);
        }

        if (image.Kind != BinaryKind.SharedLibrary)
        {
            yield return PreflightFailures.WrongKind(image.Path, image.Kind);
            yield break;
        }

        if (image.Target == process && image.CLibrary is { } built && system.CLibrary is { } used && built != used)
        {
            yield return PreflightFailures.OtherCLibrary(image, built, used);
        }

        foreach (BinaryReason refusal in LoaderRules.Judge(image))
        {
            yield return refusal;
        }

        if (entry is not null && PreflightFailures.NoEntry(image, entry) is { } noEntry)
        {
            yield return noEntry;
        }

        if (image.WantsExecutableStack && !allowExecutableStack)
        {
            yield return PreflightFailures.ExecutableStack(image);
        }
    }

    /// <summary>Reads any library's file, also one for another system. Refuses what cannot be read as such.</summary>
    /// <param name="path">The file.</param>
    /// <param name="system">What opens it.</param>
    /// <param name="requireTarget">What it must have been built for; a file for something else is refused early.</param>
    /// <param name="entry">The function to look for; null for none.</param>
    public static BinaryImage Read(string path, FileSystem system, BinaryTarget? requireTarget = null, BinaryEntryPoint? entry = null)
    {
        using BinaryFile file = BinaryFile.Open(path, system);
        return Read(file, requireTarget, entry: entry);
    }

    /// <param name="file">The file.</param>
    /// <param name="requireTarget">What it must have been built for.</param>
    /// <param name="preferTarget">Of a file that holds several architectures, the one to read if it is there, else the first.</param>
    /// <param name="entry">The function to look for; null for none.</param>
    /// <param name="isDependency">Whether it is of no interest if it has a runtime.</param>
    public static BinaryImage Read(
        BinaryFile file, BinaryTarget? requireTarget, BinaryTarget? preferTarget = null, BinaryEntryPoint? entry = null, bool isDependency = false) => Identify(file) switch
    {
        BinaryFormat.Elf => ElfReader.Read(file, requireTarget, entry, isDependency),
        BinaryFormat.MachO => MachOReader.Read(file, requireTarget, preferTarget, entry),
        _ => PeReader.Read(file, requireTarget, entry),
    };

    /// <summary>Checks what only the system's loader follows, in a library that was read before and that this process could load.</summary>
    /// <returns>The library, with what only these checks show.</returns>
    public static BinaryImage CheckLoad(BinaryFile file, BinaryImage image)
    {
        // Windows' loader checks by itself.
        if (image.Format == BinaryFormat.Elf)
        {
            return ElfReader.CheckLoad(file, image);
        }

        if (image.Format == BinaryFormat.MachO)
        {
            MachOReader.CheckLoad(file, image.Target);
        }

        return image;
    }

    /// <summary>What a library of this system shares with others that have it. Nothing else of it is checked.</summary>
    public static IReadOnlyList<UniqueSymbol> ReadUniqueSymbols(string path, FileSystem system)
    {
        using BinaryFile file = BinaryFile.Open(path, system);
        return Identify(file) == BinaryFormat.Elf ? ElfReader.ReadUniqueSymbols(file) : [];
    }

    /// <summary>Reads all names that a library exports and those that it leaves open.</summary>
    public static BinarySymbols ReadSymbols(string path, FileSystem system, BinaryTarget? preferTarget)
    {
        using BinaryFile file = BinaryFile.Open(path, system);
        return ReadSymbols(file, preferTarget);
    }

    /// <param name="file">The file.</param>
    /// <param name="preferTarget">Of a file that holds several architectures, the one to read if it is there, else the first.</param>
    public static BinarySymbols ReadSymbols(BinaryFile file, BinaryTarget? preferTarget) => Identify(file) switch
    {
        BinaryFormat.Elf => ElfReader.ReadSymbols(file),
        BinaryFormat.MachO => MachOReader.ReadSymbols(file, preferTarget),
        _ => PeReader.ReadSymbols(file),
    };

    /// <summary>Reads what a file says beyond what loading it depends on.</summary>
    public static BinaryDetails ReadDetails(BinaryFile file, BinaryImage image, BinarySymbols symbols) => image.Format switch
    {
        BinaryFormat.Elf => ElfDetails.Read(file, image, symbols),
        BinaryFormat.MachO => MachODetails.Read(file, image),
        _ => PeDetails.Read(file, image),
    };

    private static BinaryFormat Identify(BinaryFile file)
    {
        const int MagicSize = 4;
        if (file.Size < MagicSize)
        {
            throw FileFailures.TooShort(file.Path, "a library's header", MagicSize, file.Size).ToException();
        }

        return BinaryMagic.Identify(file.Head) ?? throw PreflightFailures.NotALibrary(file).ToException();
    }
}
