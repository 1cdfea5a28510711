namespace NativePlugins.Distribution;

/// <summary>How large a package may be that is read. What exceeds a limit is refused before it is written anywhere. Immutable.</summary>
public sealed record PluginPackageLimits
{
    private readonly int _maxRatio = 200;

    /// <summary>The limits that hold if none are given.</summary>
    public static PluginPackageLimits Default { get; } = new();

    /// <summary>The package's own size, in bytes. Default: 1 GiB; at most 4 GiB, which is what the plain ZIP format can hold.</summary>
    public long MaxPackageSize { get; init; } = 1L << 30;

    /// <summary>How many files it may hold. Default: 10,000; at most 65,534.</summary>
    public int MaxFiles { get; init; } = 10_000;

    /// <summary>What its files may unpack to, together, in bytes. Default: 2 GiB.</summary>
    public long MaxUnpackedSize { get; init; } = 2L << 30;

    /// <summary>How many times its own size a file may unpack to, once it unpacks to more than 16 MiB. At least 1; default: 200.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int MaxRatio
    {
        get => _maxRatio;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxRatio = value;
        }
    }
}
