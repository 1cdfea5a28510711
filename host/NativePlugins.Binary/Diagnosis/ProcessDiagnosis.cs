using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Diagnosis;

/// <summary>What only this process can know of a library that could be loaded elsewhere: its room, its limits, its system's rules.</summary>
internal static class ProcessDiagnosis
{
    /// <summary>Why the loader has refused a library although nothing is missing; null if no reason is found.</summary>
    public static BinaryReason? Explain(BinaryImage image, DependencyTree tree)
    {
        foreach (BinaryImage each in tree.New.Select(entry => entry.Image).Prepend(image))
        {
            if (FileSystem.Current.FindNoExecMount(each.Path) is { } mountPoint)
            {
                return ProcessFailures.NoExec(image, each, mountPoint);
            }
        }

        if (StaticTlsOf(image, tree) is { Needed: > 0, Fits: false } tls)
        {
            return ProcessFailures.StaticTls(image, tls);
        }

        foreach (BinaryImage each in tree.New.Select(entry => entry.Image).Prepend(image))
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
