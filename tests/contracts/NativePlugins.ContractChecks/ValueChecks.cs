using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What holds for values that are a number or a struct in C, whoever implements them.</summary>
public static class ValueChecks
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<IValues>> All { get; } = new Dictionary<string, Action<IValues>>
    {
        [nameof(Values_at_the_edges_of_every_type_arrive)] = Values_at_the_edges_of_every_type_arrive,
        [nameof(Random_values_arrive)] = Random_values_arrive,
        [nameof(Null_and_empty_are_two_values)] = Null_and_empty_are_two_values,
        [nameof(Options_are_null_or_a_value)] = Options_are_null_or_a_value,
        [nameof(Values_come_back_through_out_and_ref)] = Values_come_back_through_out_and_ref,
        [nameof(Values_come_later)] = Values_come_later,
        [nameof(A_time_that_depends_on_a_zone_is_refused)] = A_time_that_depends_on_a_zone_is_refused,
        [nameof(A_property_may_be_null)] = A_property_may_be_null,
    };

    /// <summary>Only across libraries: a fast call into the runtime that makes it would stop it.</summary>
    public static void A_fast_call_takes_and_returns_a_value(IValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Check.Equal(TimeSpan.FromSeconds(-3), values.Twice(TimeSpan.FromSeconds(-1.5)));
    }

    /// <summary>All values of a seed, in every position.</summary>
    public static void RoundTrip(IValues values, Random random)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(random);
        char character = (char)random.Next(0x10000);
        Check.Equal(character, values.EchoChar(character));
        ushort half = (ushort)random.Next(0x10000);
        Check.Equal(half, BitConverter.HalfToUInt16Bits(values.EchoHalf(BitConverter.UInt16BitsToHalf(half))));
        var wide = new Int128((ulong)random.NextInt64(), (ulong)random.NextInt64());
        Check.Equal(wide, values.EchoInt128(wide));
        Check.Equal(-wide, values.EchoInt128(-wide));
        Check.Equal((UInt128)wide, values.EchoUInt128((UInt128)wide));
        decimal number = Decimal(random);
        Check.Equal((number, decimal.GetBits(number)[3]), (values.EchoDecimal(number), decimal.GetBits(values.EchoDecimal(number))[3]));
        Guid id = Id(random);
        Check.Equal(id, values.EchoGuid(id));
        Check.Equal((Guid?)id, values.EchoOptionalGuid(id));
        var time = new TimeSpan(random.NextInt64(long.MinValue, long.MaxValue));
        Check.Equal(time, values.EchoTimeSpan(time));
        DateTimeOffset instant = Instant(random);
        Check.Equal((instant, instant.Offset), (values.EchoDateTimeOffset(instant), values.EchoDateTimeOffset(instant).Offset));
        Check.Equal((DateTimeOffset?)instant, values.EchoOptionalInstant(instant));
        Check.Equal(instant.UtcDateTime, values.EchoDateTime(instant.UtcDateTime));
        Check.Equal(DateTimeKind.Utc, values.EchoDateTime(instant.UtcDateTime).Kind);
        Check.Equal(DateOnly.FromDateTime(instant.DateTime), values.EchoDate(DateOnly.FromDateTime(instant.DateTime)));
        Check.Equal(TimeOnly.FromDateTime(instant.DateTime), values.EchoTime(TimeOnly.FromDateTime(instant.DateTime)));
    }

    internal static decimal Decimal(Random random) =>
        new(random.Next(int.MinValue, int.MaxValue), random.Next(int.MinValue, int.MaxValue), random.Next(int.MinValue, int.MaxValue), random.Next(2) == 0, (byte)random.Next(29));

    internal static Guid Id(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    internal static DateTimeOffset Instant(Random random) => new DateTimeOffset(
        random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(random.Next(-840, 841)));

    private static void Values_at_the_edges_of_every_type_arrive(IValues values)
    {
        foreach (char value in new[] { '\0', 'ä', '\uD800', char.MaxValue })
        {
            Check.Equal(value, values.EchoChar(value));
        }

        foreach (Half value in new[] { Half.MinValue, Half.MaxValue, Half.Epsilon, Half.NegativeInfinity, Half.NaN, Half.NegativeZero })
        {
            Check.Equal(BitConverter.HalfToUInt16Bits(value), BitConverter.HalfToUInt16Bits(values.EchoHalf(value)));
        }

        Check.Equal((Int128.MinValue, Int128.MaxValue, UInt128.MaxValue), (values.EchoInt128(Int128.MinValue), values.EchoInt128(Int128.MaxValue), values.EchoUInt128(UInt128.MaxValue)));
        foreach (decimal value in new[] { decimal.MinValue, decimal.MaxValue, 0m, -0.0m, 1.10m, 0.0000000000000000000000000001m })
        {
            Check.Equal(decimal.GetBits(value)[3], decimal.GetBits(values.EchoDecimal(value))[3]);
            Check.Equal(value, values.EchoDecimal(value));
        }

        Check.Equal((TimeSpan.MinValue, TimeSpan.MaxValue), (values.EchoTimeSpan(TimeSpan.MinValue), values.EchoTimeSpan(TimeSpan.MaxValue)));
        Check.Equal((DateTimeOffset.MinValue, DateTimeOffset.MaxValue), (values.EchoDateTimeOffset(DateTimeOffset.MinValue), values.EchoDateTimeOffset(DateTimeOffset.MaxValue)));
        DateTime first = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc), last = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);
        Check.Equal((first, last), (values.EchoDateTime(first), values.EchoDateTime(last)));
        Check.Equal((DateOnly.MinValue, DateOnly.MaxValue), (values.EchoDate(DateOnly.MinValue), values.EchoDate(DateOnly.MaxValue)));
        Check.Equal((TimeOnly.MinValue, TimeOnly.MaxValue), (values.EchoTime(TimeOnly.MinValue), values.EchoTime(TimeOnly.MaxValue)));
        foreach (string uri in new[] { "https://example.org/ä?q=1#f", "../relative", "" })
        {
            Check.Equal(uri, values.EchoUri(new Uri(uri, UriKind.RelativeOrAbsolute)).OriginalString);
        }

        Check.Equal(new Version(1, 2), values.EchoVersion(new Version(1, 2)));
        Check.Equal(new Version(1, 2, 3, int.MaxValue), values.EchoVersion(new Version(1, 2, 3, int.MaxValue)));
    }

    private static void Random_values_arrive(IValues values)
    {
        var random = new Random(20261130);
        for (int i = 0; i < 300; i++)
        {
            RoundTrip(values, random);
        }
    }

    private static void Null_and_empty_are_two_values(IValues values)
    {
        foreach (string? text in new[] { null, "", "ä€😀\0", new string('x', 100_000) })
        {
            Check.Equal(text, values.EchoText(text));
        }

        Check.Equal(null, values.EchoVersion(null));
    }

    private static void Options_are_null_or_a_value(IValues values)
    {
        Check.Equal((null, 0, int.MinValue), (values.EchoInt32(null), values.EchoInt32(0), values.EchoInt32(int.MinValue)));
        Check.Equal((null, false, true), (values.EchoBool(null), values.EchoBool(false), values.EchoBool(true)));
        Check.Equal((null, Mode.None, Mode.Exact), (values.EchoMode(null), values.EchoMode(Mode.None), values.EchoMode(Mode.Exact)));
        var box = new Box(-1.5, new Pixel(1, 2, 3, Mode.Fast), 4, Wide.Least);
        Check.Equal((null, box), (values.EchoBox(null), values.EchoBox(box)));
        Check.Equal((null, Guid.Empty), (values.EchoOptionalGuid(null), values.EchoOptionalGuid(Guid.Empty)));
        Check.Equal(null, values.EchoOptionalInstant(null));
    }

    private static void Values_come_back_through_out_and_ref(IValues values)
    {
        Guid id = Id(new Random(1));
        values.Spread(id, TimeSpan.MaxValue, 1.50m, out Guid outId, out TimeSpan outTime, out decimal? outPrice);
        Check.Equal((id, TimeSpan.MaxValue, 1.50m), (outId, outTime, outPrice));
        values.Spread(id, TimeSpan.Zero, null, out _, out _, out outPrice);
        Check.Equal(null, outPrice);
        DateTimeOffset first = Instant(new Random(2)), second = Instant(new Random(3)), kept = first;
        int? number = null;
        values.Exchange(ref first, ref second, ref number);
        Check.Equal((kept, 1), (second, number));
        values.Exchange(ref first, ref second, ref number);
        Check.Equal((kept, null), (first, number));
    }

    private static void Values_come_later(IValues values)
    {
        Guid id = Id(new Random(1));
        Check.Equal((null, id), (Check.Wait(values.EchoGuidLater(null)), Check.Wait(values.EchoGuidLater(id))));
        Check.Equal((null, "", "ä"), (Check.Wait(values.EchoTextLater(null)), Check.Wait(values.EchoTextLater("")), Check.Wait(values.EchoTextLater("ä"))));
    }

    private static void A_time_that_depends_on_a_zone_is_refused(IValues values)
    {
        InvalidDataException e = Check.Throws<InvalidDataException>(() => values.EchoDateTime(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local)));
        Check.True(e.Message.Contains("ToUniversalTime", StringComparison.Ordinal), $"the message is '{e.Message}'");
        Check.Throws<InvalidDataException>(() => values.EchoDateTime(new DateTime(2026, 1, 1)));
    }

    private static void A_property_may_be_null(IValues values)
    {
        foreach (string? name in new[] { "first", null, "" })
        {
            values.Name = name;
            Check.Equal(name, values.Name);
        }
    }
}
