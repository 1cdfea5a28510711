using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>A TimeSpan: int64_t, in 100 ns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct TimeSpanData : IDataShape<TimeSpan>
{
    /// <inheritdoc/>
    public static int Size => 8;

    /// <inheritdoc/>
    public static int Minimum => 8;

    /// <inheritdoc/>
    public static int Alignment => 8;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, TimeSpan value, byte* cell) => *(long*)cell = value.Ticks;

    /// <inheritdoc/>
    public static TimeSpan Read(ref DataReader reader, byte* cell) => new(*(long*)cell);
}

/// <summary>A DateTime of kind Utc: int64_t, in 100 ns since 1970-01-01.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct DateTimeData : IDataShape<DateTime>
{
    /// <inheritdoc/>
    public static int Size => 8;

    /// <inheritdoc/>
    public static int Minimum => 8;

    /// <inheritdoc/>
    public static int Alignment => 8;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, DateTime value, byte* cell) => *(long*)cell = value.Kind == DateTimeKind.Utc
        ? value.Ticks - DateTime.UnixEpoch.Ticks
        : throw new InvalidDataException(
            $"A DateTime of kind {value.Kind} cannot cross a contract: which instant it is depends on a time zone. Use value.ToUniversalTime(), DateTime.SpecifyKind, or a DateTimeOffset.");

    /// <inheritdoc/>
    public static DateTime Read(ref DataReader reader, byte* cell)
    {
        long ticks = *(long*)cell;
        if (ticks < -DateTime.UnixEpoch.Ticks || ticks > DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks)
        {
            reader.Refuse($"is {ticks} times 100 ns since 1970, which is not within the years 1 to 9999");
        }

        return new DateTime(ticks + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc);
    }
}

/// <summary>A DateTimeOffset: np_date_time_offset.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct DateTimeOffsetData : IDataShape<DateTimeOffset>
{
    private const int MaxOffset = 14 * 60;

    /// <inheritdoc/>
    public static int Size => 16;

    /// <inheritdoc/>
    public static int Minimum => 16;

    /// <inheritdoc/>
    public static int Alignment => 8;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, DateTimeOffset value, byte* cell)
    {
        *(long*)cell = value.UtcTicks - DateTime.UnixEpoch.Ticks;
        *(long*)(cell + 8) = 0;
        *(short*)(cell + 8) = (short)value.TotalOffsetMinutes;
    }

    /// <inheritdoc/>
    public static DateTimeOffset Read(ref DataReader reader, byte* cell)
    {
        DateTime instant = DateTimeData.Read(ref reader, cell);
        short minutes = *(short*)(cell + 8);
        long local = instant.Ticks + (minutes * TimeSpan.TicksPerMinute);
        if (minutes is < -MaxOffset or > MaxOffset || local < 0 || local > DateTime.MaxValue.Ticks)
        {
            reader.Refuse($"is {minutes} minutes from UTC; -840 to 840 within the years 1 to 9999 are possible");
        }

        return new DateTimeOffset(local, TimeSpan.FromTicks(minutes * TimeSpan.TicksPerMinute));
    }
}

/// <summary>A DateOnly: int32_t, in days since 1970-01-01.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct DateOnlyData : IDataShape<DateOnly>
{
    private static readonly int s_epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <inheritdoc/>
    public static int Size => 4;

    /// <inheritdoc/>
    public static int Minimum => 4;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, DateOnly value, byte* cell) => *(int*)cell = value.DayNumber - s_epoch;

    /// <inheritdoc/>
    public static DateOnly Read(ref DataReader reader, byte* cell)
    {
        int days = *(int*)cell;
        if (days < -s_epoch || days > DateOnly.MaxValue.DayNumber - s_epoch)
        {
            reader.Refuse($"is {days} days since 1970, which is not within the years 1 to 9999");
        }

        return DateOnly.FromDayNumber(days + s_epoch);
    }
}

/// <summary>A TimeOnly: int64_t, in 100 ns since midnight.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct TimeOnlyData : IDataShape<TimeOnly>
{
    /// <inheritdoc/>
    public static int Size => 8;

    /// <inheritdoc/>
    public static int Minimum => 8;

    /// <inheritdoc/>
    public static int Alignment => 8;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, TimeOnly value, byte* cell) => *(long*)cell = value.Ticks;

    /// <inheritdoc/>
    public static TimeOnly Read(ref DataReader reader, byte* cell)
    {
        long ticks = *(long*)cell;
        if (ticks is < 0 or >= TimeSpan.TicksPerDay)
        {
            reader.Refuse($"is {ticks} times 100 ns since midnight, which is not within a day");
        }

        return new TimeOnly(ticks);
    }
}
