using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>Where each value lies in memory, byte by byte: what has shipped never changes.</summary>
public unsafe class DataLayoutTests
{
    [Fact]
    public void A_Guid_has_the_order_in_which_it_is_printed() => Assert.Equal(
        "00112233445566778899AABBCCDDEEFF", Bytes<Guid, GuidData>(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")));

    [Fact]
    public void A_decimal_is_96_bits_with_scale_and_sign() => Assert.Equal(
        "0300000002000000010000001C010000", Bytes<decimal, DecimalData>(new decimal(3, 2, 1, isNegative: true, 28)));

    [Fact]
    public void Times_count_in_100_nanoseconds_and_days_from_1970()
    {
        Assert.Equal("0A00000000000000", Bytes<TimeSpan, TimeSpanData>(TimeSpan.FromMicroseconds(1)));
        Assert.Equal("8096980000000000", Bytes<DateTime, DateTimeData>(DateTime.UnixEpoch.AddSeconds(1)));
        Assert.Equal("FFFFFFFF", Bytes<DateOnly, DateOnlyData>(new DateOnly(1969, 12, 31)));
        Assert.Equal("8096980000000000", Bytes<TimeOnly, TimeOnlyData>(new TimeOnly(0, 0, 1)));
        Assert.Equal(
            "00046BF414000000" + "A6FF000000000000",
            Bytes<DateTimeOffset, DateTimeOffsetData>(new DateTimeOffset(1970, 1, 1, 1, 0, 0, TimeSpan.FromMinutes(-90))));
    }

    [Fact]
    public void A_wide_number_has_its_low_half_first() => Assert.Equal(
        "0200000000000000" + "FFFFFFFFFFFFFFFF", Bytes<Int128, PlainData<Int128, ulong>>(new Int128(ulong.MaxValue, 2)));

    [Fact]
    public void An_option_is_a_byte_and_the_value_at_its_alignment()
    {
        Assert.Equal("0100000007000000", Bytes<int?, OptionData<int, PlainData<int, uint>>>(7));
        Assert.Equal("0000000000000000", Bytes<int?, OptionData<int, PlainData<int, uint>>>(null));
        Assert.Equal("0101", Bytes<bool?, OptionData<bool, BoolData>>(true));
    }

    [Fact]
    public void A_tuple_has_its_items_at_their_alignments() => Assert.Equal(
        "0100000000000000" + "0200000000000000" + "0300000000000000",
        Bytes<(byte, long, short), TupleData<byte, PlainData<byte, byte>, long, PlainData<long, ulong>, short, PlainData<short, ushort>>>((1, 2, 3)));

    [Fact]
    public void Large_arrays_of_every_plain_type_are_lent_where_they_are()
    {
        using DataArena arena = DataArena.Rent(new Side());
        Mode[] modes = new Mode[5000];
        char[] characters = new char[5000];
        Half[] halves = new Half[5000];
        Int128[] numbers = new Int128[5000];

        Assert.Equal(Items(arena.Root<Mode[], ReferenceData<Mode[], ArrayData<Mode, PlainData<Mode, byte>>>>(modes)), Address(modes));
        Assert.Equal(Items(arena.Root<char[], ReferenceData<char[], ArrayData<char, PlainData<char, ushort>>>>(characters)), Address(characters));
        Assert.Equal(Items(arena.Root<Half[], ReferenceData<Half[], ArrayData<Half, PlainData<Half, ushort>>>>(halves)), Address(halves));
        Assert.Equal(Items(arena.Root<Int128[], ReferenceData<Int128[], ArrayData<Int128, PlainData<Int128, ulong>>>>(numbers)), Address(numbers));
    }

    [Fact]
    public void Data_of_an_earlier_version_keeps_the_defaults_of_what_it_does_not_know()
    {
        using DataArena arena = DataArena.Rent(new Side());
        var data = (byte*)arena.Root<Growing, ReferenceData<Growing, Growing.PluginDataShape>>(new Growing("Ada", 1) { Note = "first", IsOn = true });

        Assert.Equal(new Growing("Ada", 1) { Note = "first", IsOn = true }, Read(data, 56));
        Assert.Equal(new Growing("Ada", 1) { Note = "none", IsOn = false }, Read(data, 32));
        Assert.Equal(new Growing("Ada", 7) { Note = "none", IsOn = false }, Read(data, 24));

        // A size between two versions is the earlier one's.
        Assert.Equal(new Growing("Ada", 7) { Note = "none", IsOn = false }, Read(data, 31));
    }

    // The array is pinned by the arena when this is asked.
    private static nint Address<T>(T[] array) => (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref array[0]);

    private static nint Items(nint list) => *(nint*)list;

    private static Growing Read(byte* data, uint size)
    {
        *(uint*)data = size;
        return DataCalls.FromBytes<Growing, ReferenceData<Growing, Growing.PluginDataShape>>(new Side(), new ReadOnlySpan<byte>(data, (int)size));
    }

    private static string Bytes<T, TData>(T value)
        where TData : IDataShape<T>
    {
        Span<byte> bytes = stackalloc byte[TData.Size];
        bytes.Fill(0xCC);
        fixed (byte* cell = bytes)
        {
            TData.Write(null!, value, cell);
        }

        return Convert.ToHexString(bytes);
    }

    private sealed class Side : ContractSide
    {
        protected override Exception ToFault(string callee, ContractError reported, bool isDeclared) => new IOException(reported?.Message);

        protected override string Escape(string text) => text;
    }
}
