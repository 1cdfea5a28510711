using System.Buffers;
using System.Text;

namespace NativePlugins.Binary.Model;

/// <summary>Finds a runtime's version among the texts that it leaves in a file.</summary>
internal static class RuntimeVersionText
{
    private const int HashLength = 40;
    private const int MaxVersion = 32;
    private static readonly SearchValues<byte> s_hexadecimal = SearchValues.Create("0123456789abcdef"u8);
    private static readonly SearchValues<byte> s_digitsAndDots = SearchValues.Create("0123456789."u8);

    /// <summary>
    /// The version of .NET, in the text that .NET's native compiler writes into the section .comment since .NET 10:
    /// <c>.NET: ilc 10.0.12-servicing.26422.108+…</c>. Null for the text of another compiler.
    /// </summary>
    public static string? OfDotNetCompiler(string comment)
    {
        const string Prefix = ".NET: ilc ";
        if (!comment.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string version = comment[Prefix.Length..].Split('+')[0];
        int label = version.IndexOf('-', StringComparison.Ordinal);
        bool isRelease = label >= 0 && (version.AsSpan(label).StartsWith("-servicing") || version.AsSpan(label).StartsWith("-rtm"));
        return version.Length is 0 or > MaxVersion ? null : isRelease ? version[..label] : version;
    }

    /// <summary>
    /// The version of .NET, from the informational version of System.Private.CoreLib, which the compiler keeps: its version, a plus sign,
    /// the hash of its source. Null if there is none, or if those of other libraries state another version.
    /// </summary>
    public static string? FindDotNet(ReadOnlySpan<byte> bytes)
    {
        string? found = null;
        for (int at = NextPlus(bytes, 0); at >= 0; at = NextPlus(bytes, at + 1))
        {
            ReadOnlySpan<byte> rest = bytes[(at + 1)..];
            if (rest.Length < HashLength || rest[..HashLength].IndexOfAnyExcept(s_hexadecimal) >= 0)
            {
                continue;
            }

            string? version = VersionBefore(bytes, at);
            if (version is not null && found is not null && version != found)
            {
                return null;
            }

            found ??= version;
        }

        return found;
    }

    /// <summary>The version of Go, from the start of Go's build information: debug/buildinfo, "read".</summary>
    public static string? FindGo(ReadOnlySpan<byte> bytes)
    {
        const int TextStart = 32;
        const int InlineText = 2;
        if (bytes.Length <= TextStart || bytes[0] != 0xFF || !bytes[1..].StartsWith(" Go buildinf:"u8) || (bytes[15] & InlineText) == 0)
        {
            return null;
        }

        int length = bytes[TextStart];
        return length is > 0 and < 128 && TextStart + 1 + length <= bytes.Length
            ? Encoding.UTF8.GetString(bytes.Slice(TextStart + 1, length))
            : null;
    }

    /// <summary>
    /// The version <c>9.0.1</c> in <c>9.0.124.60305^9.0.1+…</c>. A file version with the same major and minor number stands before it.
    /// </summary>
    private static string? VersionBefore(ReadOnlySpan<byte> bytes, int plus)
    {
        ReadOnlySpan<byte> before = bytes[Math.Max(0, plus - MaxVersion)..plus];
        int start = before.LastIndexOfAnyExcept(s_digitsAndDots) + 1;
        if (start == 0 || !Version.TryParse(Encoding.ASCII.GetString(before[start..]), out Version? version) || version.Build < 0)
        {
            return null;
        }

        // The length of the following text stands between the two.
        ReadOnlySpan<byte> earlier = bytes[..(plus - (before.Length - start) - 1)];
        earlier = earlier[Math.Max(0, earlier.Length - MaxVersion)..];
        string fileVersion = Encoding.ASCII.GetString(earlier[(earlier.LastIndexOfAnyExcept(s_digitsAndDots) + 1)..]);
        const int FirstBuildOfFramework = 20; // 9.0.24.52809 is .NET 9.0.0; other libraries count in another way.
        return Version.TryParse(fileVersion, out Version? file) && file.Major == version.Major && file.Minor == version.Minor
            && file.Build >= FirstBuildOfFramework && file.Major >= 8 ? version.ToString() : null;
    }

    private static int NextPlus(ReadOnlySpan<byte> bytes, int from)
    {
        int next = from >= bytes.Length ? -1 : bytes[from..].IndexOf((byte)'+');
        return next < 0 ? -1 : from + next;
    }
}
