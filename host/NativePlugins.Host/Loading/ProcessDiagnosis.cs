namespace NativePlugins.Host;

/// <summary>What only the process can know of a library that could be loaded elsewhere: room, limits, rules of the system.</summary>
internal static class ProcessDiagnosis
{
    /// <summary>Why the loader has refused a library of which nothing is missing; null if nothing is found.</summary>
    public static PluginException? Explain(BinaryImage image, DependencyTree tree)
    {
        foreach (BinaryImage each in tree.New.Select(entry => entry.Image).Prepend(image))
        {
            if (HostSystem.Current.FindNoExecMount(each.Path) is { } mountPoint)
            {
                return LoadingFailures.NoExec(image, each, mountPoint);
            }
        }

        if (StaticTlsOf(image, tree) is { Needed: > 0, Fits: false } tls)
        {
            return LoadingFailures.StaticTls(image, tls);
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

    /// <summary>Adds the figures that the process decides about, and the reason where they do not suffice here.</summary>
    public static BinaryInspection Describe(BinaryInspection inspection, BinaryImage image, DependencyTree tree, List<BinaryReason> reasons)
    {
        if (StaticTlsOf(image, tree) is not { Needed: > 0 } tls)
        {
            return inspection;
        }

        if (tls.Fits == false)
        {
            reasons.Add(BinaryReason.From(LoadingFailures.StaticTls(image, tls)));
        }

        return inspection with { StaticTls = tls };
    }

    /// <summary>The loader takes what is needed first, and the library itself last.</summary>
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
