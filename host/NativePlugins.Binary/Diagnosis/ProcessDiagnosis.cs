using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Diagnosis;

/// <summary>What only this process can know of a library that could be loaded elsewhere: its room, its limits, its system's rules.</summary>
internal static class ProcessDiagnosis
{
    /// <summary>Why the loader has refused a library although nothing is missing; null if no reason is found.</summary>
    public static BinaryReason? Explain(BinaryImage image, DependencyTree tree)
    {
        if (FindNoExec(image, tree) is { } noExec)
        {
            return noExec;
        }

        if (StaticTlsOf(image, tree) is { Needed: > 0, Fits: false } tls)
        {
            return ProcessFailures.StaticTls(image, tls);
        }

        foreach (BinaryImage each in WithNew(image, tree))
        {
            if (MappingProbe.Try(each) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>
    /// What the library needs of the block that every thread gets, and a refusal if that does not fit here; null if it needs nothing.
    /// </summary>
    public static (BinaryStaticTls Tls, BinaryReason? Refusal)? FindStaticTls(BinaryImage image, DependencyTree tree) =>
        StaticTlsOf(image, tree) is { Needed: > 0 } tls ? (tls, tls.Fits == false ? ProcessFailures.StaticTls(image, tls) : null) : null;

    /// <summary>A refusal if the library, or one that is loaded with it, lies where the system lets no code be mapped.</summary>
    public static BinaryReason? FindNoExec(BinaryImage image, DependencyTree tree)
    {
        foreach (BinaryImage each in WithNew(image, tree))
        {
            if (FileSystem.Current.FindNoExecMount(each.Path) is { } mountPoint)
            {
                return ProcessFailures.NoExec(image, each, mountPoint);
            }
        }

        return null;
    }

    /// <summary>What else of this process decides, and a refusal if the library cannot have the address space that it needs.</summary>
    /// <param name="image">The library.</param>
    /// <param name="tree">What it needs.</param>
    /// <param name="libraryPath">What LD_LIBRARY_PATH was when the process started.</param>
    /// <param name="policies">Those in force.</param>
    /// <exception cref="BinaryException">The library cannot be read any more.</exception>
    public static (BinaryProcess Process, BinaryReason? Refusal) FindLimits(BinaryImage image, DependencyTree tree, string? libraryPath, IReadOnlyList<string> policies)
    {
        var process = new BinaryProcess { LibraryPath = libraryPath, Policies = policies };
        if (AddressSpaceRoom.Measure() is not { } room)
        {
            return (process, null);
        }

        ulong size = WithNew(image, tree).Aggregate(0UL, (sum, each) => sum + (MappingProbe.SpanOf(each) ?? 0));
        (ulong runtime, ulong heap) = image.IsNativeAot ? RuntimeSpace.NeededBy(image, room) : default;
        ulong needed = Math.Max(size, runtime);
        bool fits = AddressSpaceRoom.CanReserve(needed);
        return (
            process with { AddressSpace = new BinaryAddressSpace((long)needed, (long)room.Used, (long)room.Limit, fits) },
            fits ? null
                : runtime > size ? ProcessFailures.RuntimeSpace(image, needed, heap, room)
                : ProcessFailures.AddressSpace(image, needed, room.Used, room.Limit));
    }

    /// <summary>The library, and what is mapped with it because this process does not have it yet.</summary>
    private static IEnumerable<BinaryImage> WithNew(BinaryImage image, DependencyTree tree) => tree.New.Select(entry => entry.Image).Prepend(image);

    /// <summary>The loader places the data of what is needed first, and that of the library itself last.</summary>
    private static BinaryStaticTls StaticTlsOf(BinaryImage image, DependencyTree tree)
    {
        ElfTls[] blocks =
        [
            .. tree.New.Select(entry => entry.Image).Reverse().Append(image).Select(each => each.Tls).OfType<ElfTls>().Where(tls => tls.IsStatic),
        ];
        if (blocks.Length == 0)
        {
            return new BinaryStaticTls(0, null, null);
        }

        ulong needed = blocks.Aggregate(0UL, (sum, tls) => sum + tls.Size);
        StaticTlsRoom? room = StaticTlsRoom.Measure();
        StaticTlsRoom? left = room;
        foreach (ElfTls tls in blocks)
        {
            left = left?.Take(tls);
        }

        return new BinaryStaticTls((long)needed, (long?)room?.Free, room is null ? null : left is not null);
    }
}
