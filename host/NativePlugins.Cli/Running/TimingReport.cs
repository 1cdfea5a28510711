using System.Globalization;
using System.Text;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>The milliseconds of each step, for <c>--verbose</c>.</summary>
internal static class TimingReport
{
    public static void Write(HostTerminal terminal, PluginTimings timings)
    {
        (string Step, TimeSpan Time)[] steps =
        [
            ("resolve", timings.Resolve), ("verify", timings.Verify), ("map", timings.Map),
            ("start", timings.Start), ("call", timings.LastCall), ("stop", timings.Stop),
        ];
        if (terminal.Settings.Json)
        {
            terminal.WriteError(JsonLine.Write(writer =>
            {
                writer.WriteStartObject("milliseconds");
                foreach ((string step, TimeSpan time) in steps)
                {
                    writer.WriteNumber(step, Math.Round(time.TotalMilliseconds, 3));
                }

                writer.WriteEndObject();
            }));
        }
        else
        {
            terminal.WriteError(Text(steps));
        }
    }

    internal static string Text(ReadOnlySpan<(string Step, TimeSpan Time)> steps)
    {
        var text = new StringBuilder();
        foreach ((string step, TimeSpan time) in steps)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Product.Name}: {step,-7} {time.TotalMilliseconds,9:0.000} ms\n");
        }

        return text.ToString();
    }
}
