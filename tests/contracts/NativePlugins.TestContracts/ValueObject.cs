namespace NativePlugins.TestContracts;

/// <summary>The contract's members in C#.</summary>
public class ValueObject : Shape, IValues
{
    /// <inheritdoc/>
    string? IValues.Name { get; set; }

    /// <inheritdoc/>
    public char EchoChar(char value) => value;

    /// <inheritdoc/>
    public Half EchoHalf(Half value) => value;

    /// <inheritdoc/>
    public Int128 EchoInt128(Int128 value) => value;

    /// <inheritdoc/>
    public UInt128 EchoUInt128(UInt128 value) => value;

    /// <inheritdoc/>
    public decimal EchoDecimal(decimal value) => value;

    /// <inheritdoc/>
    public Guid EchoGuid(Guid value) => value;

    /// <inheritdoc/>
    public TimeSpan EchoTimeSpan(TimeSpan value) => value;

    /// <inheritdoc/>
    public DateTime EchoDateTime(DateTime value) => value;

    /// <inheritdoc/>
    public DateTimeOffset EchoDateTimeOffset(DateTimeOffset value) => value;

    /// <inheritdoc/>
    public DateOnly EchoDate(DateOnly value) => value;

    /// <inheritdoc/>
    public TimeOnly EchoTime(TimeOnly value) => value;

    /// <inheritdoc/>
    string? IValues.EchoText(string? value) => value;

    /// <inheritdoc/>
    public Uri EchoUri(Uri value) => value;

    /// <inheritdoc/>
    public Version? EchoVersion(Version? value) => value;

    /// <inheritdoc/>
    public int? EchoInt32(int? value) => value;

    /// <inheritdoc/>
    public bool? EchoBool(bool? value) => value;

    /// <inheritdoc/>
    public Mode? EchoMode(Mode? value) => value;

    /// <inheritdoc/>
    public Box? EchoBox(Box? value) => value;

    /// <inheritdoc/>
    public Guid? EchoOptionalGuid(Guid? value) => value;

    /// <inheritdoc/>
    public DateTimeOffset? EchoOptionalInstant(DateTimeOffset? value) => value;

    /// <inheritdoc/>
    public void Spread(Guid id, TimeSpan time, decimal? price, out Guid outId, out TimeSpan outTime, out decimal? outPrice) =>
        (outId, outTime, outPrice) = (id, time, price);

    /// <inheritdoc/>
    public void Exchange(ref DateTimeOffset first, ref DateTimeOffset second, ref int? number)
    {
        (first, second) = (second, first);
        number = number is { } some ? null : 1;
    }

    /// <inheritdoc/>
    public async ValueTask<Guid?> EchoGuidLater(Guid? value)
    {
        await Task.Yield();
        return value;
    }

    /// <inheritdoc/>
    public async ValueTask<string?> EchoTextLater(string? value)
    {
        await Task.Yield();
        return value;
    }

    /// <inheritdoc/>
    public TimeSpan Twice(TimeSpan value) => value + value;
}
