namespace NativePlugins.Host;

/// <summary>
/// The checks before loading, from the file's own bytes: a library is mapped into the process only after them,
/// because mapping it already runs its constructors. Thread-safe.
/// </summary>
internal static class Preflight
{
    /// <summary>Reads the file and refuses it unless it is a plugin that this process could load.</summary>
    /// <exception cref="PluginNotFoundException">There is no such file.</exception>
    /// <exception cref="PluginFileAccessException">The system refused to open or read it.</exception>
    /// <exception cref="PluginNotRegularFileException">It is a directory, a pipe, a device or a socket.</exception>
    /// <exception cref="PluginFileTooShortException">It ends before its header, or before what its header names.</exception>
    /// <exception cref="PluginFormatException">It is neither ELF, nor Mach-O, nor PE.</exception>
    /// <exception cref="PluginArchitectureException">It was built for another machine or system.</exception>
    /// <exception cref="PluginKindException">It is not a shared library.</exception>
    /// <exception cref="PluginCLibraryException">It was linked with another C library than this process runs on.</exception>
    /// <exception cref="PluginMalformedException">A field has a value that no linker writes.</exception>
    /// <exception cref="PluginAbiVersionException">It is a plugin of another major version of the ABI.</exception>
    /// <exception cref="PluginEntryMissingException">It does not export a plugin's entry.</exception>
    /// <exception cref="PluginCodeSignatureException">It is for macOS, and not signed or changed after it was.</exception>
    /// <exception cref="PluginExecutableStackException">It makes stacks executable, and that is not allowed.</exception>
    /// <exception cref="PluginNotOpenableException">It forbids to be opened while a program runs.</exception>
    /// <exception cref="PluginProcessorLevelException">It was built for a newer processor.</exception>
    /// <exception cref="PluginPackedRelocationsException">Its packed relocations are not announced.</exception>
    public static BinaryImage Check(string path, bool allowExecutableStack = false) =>
        Check(path, HostSystem.Current, allowExecutableStack);

    internal static BinaryImage Check(string path, HostSystem system, bool allowExecutableStack = false)
    {
        BinaryImage image = Read(path, system, requireTarget: BinaryTarget.OfProcess(system));
        return Judge(image, system, allowExecutableStack, requireEntry: true).FirstOrDefault() is { } refusal ? throw refusal : image;
    }

    /// <summary>Every reason, in order, for which a file that could be read must not be handed to the system's loader.</summary>
    internal static IEnumerable<PluginException> Judge(
        BinaryImage image, HostSystem system, bool allowExecutableStack, bool requireEntry)
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

        foreach (PluginException refusal in LoaderRules.Judge(image))
        {
            yield return refusal;
        }

        if (requireEntry && PreflightFailures.NoEntry(image) is { } noEntry)
        {
            yield return noEntry;
        }

        if (image.WantsExecutableStack && !allowExecutableStack)
        {
            yield return PreflightFailures.ExecutableStack(image);
        }
    }

    /// <summary>Reads any library's file, also one for another system. Refuses what cannot be read as such.</summary>
    /// <param name="requireTarget">What it must have been built for; a file for something else is refused early.</param>
    internal static BinaryImage Read(string path, HostSystem system, BinaryTarget? requireTarget = null)
    {
        using BinaryFile file = BinaryFile.Open(path, system);
        return Read(file, requireTarget);
    }

    /// <param name="requireTarget">What it must have been built for.</param>
    /// <param name="preferTarget">Of a file that holds several architectures, the one to read if it is there, else the first.</param>
    /// <param name="isPlugin">Whether to look for what only a plugin has: its entry, and a runtime.</param>
    internal static BinaryImage Read(
        BinaryFile file, BinaryTarget? requireTarget, BinaryTarget? preferTarget = null, bool isPlugin = true) => Identify(file) switch
    {
        BinaryFormat.Elf => ElfReader.Read(file, requireTarget, isPlugin),
        BinaryFormat.MachO => MachOReader.Read(file, requireTarget, preferTarget),
        _ => PeReader.Read(file, requireTarget),
    };

    /// <summary>Checks what only the system's loader follows, in a library that was read before and that this process could load.</summary>
    /// <returns>The library, with what only these checks show.</returns>
    internal static BinaryImage CheckLoad(BinaryFile file, BinaryImage image)
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
    internal static IReadOnlyList<UniqueSymbol> ReadUniqueSymbols(string path, HostSystem system)
    {
        using BinaryFile file = BinaryFile.Open(path, system);
        return Identify(file) == BinaryFormat.Elf ? ElfReader.ReadUniqueSymbols(file) : [];
    }

    internal static BinarySymbols ReadSymbols(BinaryImage image)
    {
        using BinaryFile file = BinaryFile.Open(image.Path, HostSystem.Current);
        return ReadSymbols(file, image.Target);
    }

    /// <param name="preferTarget">Of a file that holds several architectures, the one to read if it is there, else the first.</param>
    internal static BinarySymbols ReadSymbols(BinaryFile file, BinaryTarget? preferTarget) => Identify(file) switch
    {
        BinaryFormat.Elf => ElfReader.ReadSymbols(file),
        BinaryFormat.MachO => MachOReader.ReadSymbols(file, preferTarget),
        _ => PeReader.ReadSymbols(file),
    };

    private static BinaryFormat Identify(BinaryFile file)
    {
        const int MagicSize = 4;
        if (file.Size < MagicSize)
        {
            throw FileFailures.TooShort(file.Path, "a library's header", MagicSize, file.Size);
        }

        return BinaryMagic.Identify(file.Head) ?? throw PreflightFailures.NotALibrary(file);
    }
}
