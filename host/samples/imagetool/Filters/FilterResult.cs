using System.Globalization;
using NativePlugins.Binary.Text;

namespace ImageTool;

/// <summary>What one filter of a chain took.</summary>
internal sealed record FilterResult(string Filter, string Language, TimeSpan Time, int Pixels)
{
    public string[] Row =>
    [
        Filter,
        UntrustedText.Escape(Language),
        Time.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture),
        (Pixels / Time.TotalMicroseconds).ToString("F1", CultureInfo.InvariantCulture),
    ];
}
