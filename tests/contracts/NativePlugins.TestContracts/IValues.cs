using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Every value that is a number or a struct without pointers in C, as a parameter, result, out and ref. Each member gives back what it got.</summary>
[PluginContract("test.values")]
public partial interface IValues
{
    /// <summary>The same value.</summary>
    char EchoChar(char value);

    /// <summary>The same value.</summary>
    Half EchoHalf(Half value);

    /// <summary>The same value.</summary>
    Int128 EchoInt128(Int128 value);

    /// <summary>The same value.</summary>
    UInt128 EchoUInt128(UInt128 value);

    /// <summary>The same value.</summary>
    decimal EchoDecimal(decimal value);

    /// <summary>The same value.</summary>
    Guid EchoGuid(Guid value);

    /// <summary>The same value.</summary>
    TimeSpan EchoTimeSpan(TimeSpan value);

    /// <summary>The same value.</summary>
    DateTime EchoDateTime(DateTime value);

    /// <summary>The same value.</summary>
    DateTimeOffset EchoDateTimeOffset(DateTimeOffset value);

    /// <summary>The same value.</summary>
    DateOnly EchoDate(DateOnly value);

    /// <summary>The same value.</summary>
    TimeOnly EchoTime(TimeOnly value);

    /// <summary>The same text, or null.</summary>
    string? EchoText(string? value);

    /// <summary>The same URI.</summary>
    Uri EchoUri(Uri value);

    /// <summary>The same version, or null.</summary>
    Version? EchoVersion(Version? value);

    /// <summary>The same number, or null.</summary>
    int? EchoInt32(int? value);

    /// <summary>The same value, or null.</summary>
    bool? EchoBool(bool? value);

    /// <summary>The same value, or null.</summary>
    Mode? EchoMode(Mode? value);

    /// <summary>The same struct, or null.</summary>
    Box? EchoBox(Box? value);

    /// <summary>The same value, or null.</summary>
    Guid? EchoOptionalGuid(Guid? value);

    /// <summary>The same value, or null.</summary>
    DateTimeOffset? EchoOptionalInstant(DateTimeOffset? value);

    /// <summary>Gives each value back through an out parameter.</summary>
    void Spread(Guid id, TimeSpan time, decimal? price, out Guid outId, out TimeSpan outTime, out decimal? outPrice);

    /// <summary>Exchanges the two values.</summary>
    void Exchange(ref DateTimeOffset first, ref DateTimeOffset second, ref int? number);

    /// <summary>The same value, later.</summary>
    ValueTask<Guid?> EchoGuidLater(Guid? value);

    /// <summary>The same text, later.</summary>
    ValueTask<string?> EchoTextLater(string? value);

    /// <summary>Twice the time.</summary>
    [FastCall]
    TimeSpan Twice(TimeSpan value);

    /// <summary>What it is called.</summary>
    string? Name { get; set; }
}
