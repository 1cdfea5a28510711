using System.Globalization;

namespace NativePlugins.Cli;

/// <summary>Durations as they are typed: <c>10s</c>, <c>500ms</c>, <c>2m</c>, <c>1h</c>, or a plain number of seconds.</summary>
internal static class Duration
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    private static readonly (string Suffix, double Seconds)[] s_units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    public static TimeSpan Parse(string option, string text)
    {
        (string number, double seconds) = (text, 1);
        foreach ((string suffix, double unit) in s_units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                (number, seconds) = (text[..^suffix.Length], unit);
                break;
            }
        }

        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value * seconds >= 0.001 && value * seconds <= s_longest.TotalSeconds
            ? TimeSpan.FromSeconds(value * seconds)
            : throw CliErrors.BadValue(option, "a time from 1ms to 24h, such as 10s, 500ms, 2m or 1.5", text);
    }
}
