using System.Runtime.InteropServices;
using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>One value of each type.</summary>
public sealed record Sample
{
    public sbyte SByte { get; init; }

    public byte Byte { get; init; }

    public short Int16 { get; init; }

    public ushort UInt16 { get; init; }

    public int Int32 { get; init; }

    public uint UInt32 { get; init; }

    public long Int64 { get; init; }

    public ulong UInt64 { get; init; }

    public float Single { get; init; }

    public double Double { get; init; }

    public bool Bool { get; init; }

    public Mode Mode { get; init; }

    public Wide Wide { get; init; }

    public Box Box { get; init; }

    public string First { get; init; } = "";

    public string Second { get; init; } = "";

    public byte[] Bytes { get; init; } = [];

    public double[] Doubles { get; init; } = [];

    public Box[] Boxes { get; init; } = [];

    public Mode[] Modes { get; init; } = [];

    /// <summary>A sample of random bits and lengths.</summary>
    public static Sample Of(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new Sample
        {
            SByte = Bits<sbyte>(random),
            Byte = Bits<byte>(random),
            Int16 = Bits<short>(random),
            UInt16 = Bits<ushort>(random),
            Int32 = Bits<int>(random),
            UInt32 = Bits<uint>(random),
            Int64 = Bits<long>(random),
            UInt64 = Bits<ulong>(random),
            Single = Bits<float>(random),
            Double = Bits<double>(random),
            Bool = random.Next(2) == 1,
            Mode = Bits<Mode>(random),
            Wide = Bits<Wide>(random),
            Box = Bits<Box>(random),
            First = Text(random),
            Second = Text(random),
            Bytes = Items<byte>(random, 5000),
            Doubles = Items<double>(random, 200),
            Boxes = Items<Box>(random, 200),
            Modes = Items<Mode>(random, 50),
        };
    }

    private static T Bits<T>(Random random)
        where T : unmanaged
    {
        T value = default;
        random.NextBytes(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    private static T[] Items<T>(Random random, int most)
        where T : unmanaged
    {
        var items = new T[random.Next(most)];
        random.NextBytes(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }

    // Any UTF-16 code unit, also halves of pairs and NUL.
    private static string Text(Random random) => new(MemoryMarshal.Cast<byte, char>(Items<byte>(random, 1000)));
}
