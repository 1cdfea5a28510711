using System.Globalization;
using System.Text;

namespace NativePlugins.Binary.Text;

/// <summary>Makes text fit to be shown that came from a file, from a file's name, or from other code.</summary>
internal static class UntrustedText
{
    private const int MaxShown = 2048;

    /// <summary>
    /// Escapes control and format characters, line and paragraph separators and lone surrogates as <c>\u001B</c>, and cuts the text after
    /// <paramref name="maxLength"/> characters. Line feeds and tabs are escaped too, unless <paramref name="multiline"/>.
    /// </summary>
    public static string Escape(string text, bool multiline = false, int maxLength = MaxShown)
    {
        StringBuilder? escaped = null;
        int end = Math.Min(text.Length, maxLength);
        if (end < text.Length && char.IsSurrogatePair(text[end - 1], text[end]))
        {
            end--;
        }

        for (int i = 0; i < end; i++)
        {
            char c = text[i];
            bool pair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            UnicodeCategory category = pair
                ? CharUnicodeInfo.GetUnicodeCategory(text, i)
                : CharUnicodeInfo.GetUnicodeCategory(c);
            bool isSafe = category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                || (multiline && c is '\n' or '\t');
            int length = pair ? 2 : 1;
            if (!isSafe)
            {
                escaped ??= new StringBuilder(text, 0, i, text.Length + 16);
                for (int k = 0; k < length; k++)
                {
                    escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i + k]:X4}");
                }
            }
            else
            {
                escaped?.Append(text, i, length);
            }

            i += length - 1;
        }

        if (text.Length <= maxLength)
        {
            return escaped?.ToString() ?? text;
        }

        return (escaped?.ToString() ?? text[..end]) + "…";
    }

    /// <summary>The escaped text in single quotes.</summary>
    public static string Quote(string text) => $"'{Escape(text)}'";
}
