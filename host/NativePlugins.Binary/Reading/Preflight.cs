using NativePlugins.Binary.Elf;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.MachO;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Pe;

namespace NativePlugins.Binary.Reading;

/// <summary>
/// The checks before loading, on the file's own bytes. A library is mapped into the process only after them, because mapping it already
/// runs its constructors. Thread-safe.
/// </summary>
internal static class Preflight
{
    /// <summary>Reads the file, and refuses it unless it is a library with that entry that this process could load.</summary>
    /// <exception cref="BinaryException">It is not. The reason is the first one for which loading would fail.</exception>
    public static BinaryImage Check(string path, FileSystem system, BinaryEntryPoint? entry, bool allowExecutableStack = false)
    {
        BinaryImage image = Read(path, system, requireTarget: BinaryTarget.OfProcess(system), entry);
        return Judge(image, system, allowExecutableStack, entry).FirstOrDefault() is { } refusal ? throw refusal.ToException() : image;
    }

    /// <summary>Every reason, in order, why a file that could be read must not be handed to the system's loader.</summary>
    /// <param name="image">The file. It was read with the same entry.</param>
    /// <param name="system">The system.</param>
    /// <param name="allowExecutableStack">Whether it may make stacks executable.</param>
    /// <param name="entry">The function that it must export; null for none.</param>
    public static IEnumerable<BinaryReason> Judge(BinaryImage image, FileSystem system, bool allowExecutableStack, BinaryEntryPoint? entry)
    {
        var process = BinaryTarget.OfProcess(system);
        if (image.Kind == BinaryKind.ManagedAssembly)
        {
            // A managed assembly fits every machine: saying what it is helps more.
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

    /// <summary>Reads any library's file, even one for another system. Refuses a file that cannot be read as a library.</summary>
    /// <param name="path">The file.</param>
    /// <param name="system">The system that opens it.</param>
    /// <param name="requireTarget">What it must have been built for; a file for something else is refused early.</param>
    /// <param name="entry">The function to look for; null for none.</param>
    public static BinaryImage Read(string path, FileSystem system, BinaryTarget? requireTarget = null, BinaryEntryPoint? entry = null)
    {
        using BinaryFile file = BinaryFile.Open(path, system);
        return Read(file, requireTarget, entry: entry);
    }

    /// <param name="file">The file.</param>
    /// <param name="requireTarget">What it must have been built for.</param>
    /// <param name="preferTarget">The part to read of a file that holds several architectures; if there is no such part, the first is read.</param>
    /// <param name="entry">The function to look for; null for none.</param>
    /// <param name="isDependency">Whether the file is only a dependency: then its runtime is not looked for.</param>
    public static BinaryImage Read(
        BinaryFile file, BinaryTarget? requireTarget, BinaryTarget? preferTarget = null, BinaryEntryPoint? entry = null, bool isDependency = false) => Identify(file) switch
    {
        BinaryFormat.Elf => ElfReader.Read(file, requireTarget, entry, isDependency),
        BinaryFormat.MachO => MachOReader.Read(file, requireTarget, preferTarget, entry),
        _ => PeReader.Read(file, requireTarget, entry),
    };

    /// <summary>Checks what only the system's loader follows. The library was read before, and this process could load it.</summary>
    /// <returns>The library, with what only these checks find.</returns>
    public static BinaryImage CheckLoad(BinaryFile file, BinaryImage image)
    {
        // The loader of Windows checks these things itself.
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

    /// <summary>The definitions that a library of this system shares with others that have them too. Checks nothing else.</summary>
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
    /// <param name="preferTarget">The part to read of a file that holds several architectures; if there is no such part, the first is read.</param>
    public static BinarySymbols ReadSymbols(BinaryFile file, BinaryTarget? preferTarget) => Identify(file) switch
    {
        BinaryFormat.Elf => ElfReader.ReadSymbols(file),
        BinaryFormat.MachO => MachOReader.ReadSymbols(file, preferTarget),
        _ => PeReader.ReadSymbols(file),
    };

    /// <summary>Reads what a file says beyond what loading depends on.</summary>
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
