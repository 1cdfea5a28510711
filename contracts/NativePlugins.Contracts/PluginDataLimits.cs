namespace NativePlugins.Contracts;

/// <summary>How much data a call through a contract may bring, in either direction. What exceeds a limit is refused, and nothing of it is read.</summary>
public sealed class PluginDataLimits
{
    private readonly int _depth = 64;
    private readonly long _bytes = 1L << 30;

    /// <summary>How deeply values may contain others: a member, a list and its elements are a level each. 1 to 1000; 64 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int Depth
    {
        get => _depth;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1000);
            _depth = value;
        }
    }

    /// <summary>How many bytes the arguments of a call, or its result, may have as C structs and texts together. At least 1024; 1 GiB by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public long Bytes
    {
        get => _bytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1024);
            _bytes = value;
        }
    }

    internal static PluginDataLimits Default { get; } = new();
}
