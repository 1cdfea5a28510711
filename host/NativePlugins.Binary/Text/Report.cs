using System.Text;

namespace NativePlugins.Binary.Text;

/// <summary>A refusal as a reader sees it: what happened, what was expected, what was found and what to do, one line each.</summary>
internal static class Report
{
    public static string Compose(string code, string summary, string? expected, string? found, string advice)
    {
        var text = new StringBuilder().Append(code).Append(": ").Append(summary);
        AppendLine(text, "  expected: ", expected);
        AppendLine(text, "  found:    ", found);
        AppendLine(text, "  to do:    ", advice);
        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, string label, string? value)
    {
        if (value is not null)
        {
            text.Append('\n').Append(label).Append(value.ReplaceLineEndings("\n            "));
        }
    }
}
