using System.Text;
using System.Text.RegularExpressions;

namespace NativePlugins.Sdk.Generators;

/// <summary>The rules for the texts of a plugin's description, as native_plugins.h states them.</summary>
internal static class PluginText
{
    private const int MaxVersionLength = 128;
    private const int MaxNameBytes = 256;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Regex s_id = new("^[a-z0-9][a-z0-9_.-]{0,63}\\z", RegexOptions.CultureInvariant);

    // The expression that semver.org suggests, with \z so that no line end slips through.
    private static readonly Regex s_version = new(
        "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
        + "(?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
        + "(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?\\z",
        RegexOptions.CultureInvariant);

    public static bool IsId(string text) => s_id.IsMatch(text);

    public static bool IsVersion(string text) => text.Length <= MaxVersionLength && s_version.IsMatch(text);

    public static bool IsName(string text) => NameBytes(text) is > 0 and <= MaxNameBytes;

    /// <summary>0 for a text with half a surrogate pair, which UTF-8 does not have.</summary>
    public static int NameBytes(string text)
    {
        try
        {
            return s_strict.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            return 0;
        }
    }
}
