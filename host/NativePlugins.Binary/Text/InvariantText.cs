using System.Globalization;
using System.Runtime.CompilerServices;

namespace NativePlugins.Binary.Text;

/// <summary>
/// A text for a report. Its numbers read the same under every culture of the application. A parameter of this type takes an interpolated
/// string in this way, and any other string as it is.
/// </summary>
[InterpolatedStringHandler]
internal ref struct InvariantText
{
    private readonly string? _whole;
    private DefaultInterpolatedStringHandler _parts;

    public InvariantText(int literalLength, int formattedCount) => _parts = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    private InvariantText(string whole) => _whole = whole;

    public static implicit operator InvariantText(string whole) => new(whole);

    public static string Of(InvariantText text) => text.ToText();

    public void AppendLiteral(string text) => _parts.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _parts.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _parts.AppendFormatted(value, format);

    /// <summary>The text. To be called once.</summary>
    public string ToText() => _whole ?? _parts.ToStringAndClear();
}
