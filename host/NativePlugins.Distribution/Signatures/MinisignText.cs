using System.Buffers;
using System.Buffers.Text;
using System.Text;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution.Signatures;

/// <summary>Reads the lines of a key or a signature, strictly: what is signed or trusted can be read in one way only.</summary>
/// <param name="kind">What it should be, for the refusal.</param>
/// <param name="text">Any bytes.</param>
internal ref struct MinisignText(string kind, ReadOnlySpan<byte> text)
{
    public const string UntrustedComment = "untrusted comment: ";
    public const string TrustedComment = "trusted comment: ";
    public const int AlgorithmSize = 2;
    public const int KeyIdSize = 8;
    public const int MaxSize = 10_000;

    // minisign reads no longer ones: COMMENTMAXBYTES and TRUSTEDCOMMENTMAXBYTES of its minisign.h.
    private const int MaxUntrusted = 1024, MaxTrusted = 8192;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _kind = kind;
    private ReadOnlySpan<byte> _rest = text.Length <= MaxSize ? text : throw Bad(kind, $"at most {MaxSize:N0} bytes", $"{text.Length:N0}");

    /// <summary>Ed25519 of the message itself; also what a key is for.</summary>
    public static ReadOnlySpan<byte> Ed25519Algorithm => "Ed"u8;

    /// <summary>Ed25519 of the message's BLAKE2b-512.</summary>
    public static ReadOnlySpan<byte> PrehashedAlgorithm => "ED"u8;

    public readonly bool HasComment => _rest.StartsWith("untrusted comment:"u8);

    /// <summary>The comment's text after its prefix.</summary>
    public string ReadComment(string prefix)
    {
        bool isTrusted = prefix == TrustedComment;
        int most = isTrusted ? MaxTrusted : MaxUntrusted;
        try
        {
            string line = s_strict.GetString(ReadLine());
            return line.StartsWith(prefix, StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(line) < most ? line[prefix.Length..]
                : throw Bad(_kind, $"a line of fewer than {most} bytes that begins with '{prefix}'", UntrustedText.Quote(line));
        }
        catch (ArgumentException)
        {
            throw Bad(_kind, $"a line that begins with '{prefix}', in UTF-8", "other bytes");
        }
    }

    /// <summary>One line of exactly so many bytes, written as Base64 writes them.</summary>
    public byte[] ReadBase64(int size)
    {
        ReadOnlySpan<byte> line = ReadLine();
        byte[] bytes = new byte[size];
        bool isRead = line.Length == Base64.GetMaxEncodedToUtf8Length(size)
            && Base64.DecodeFromUtf8(line, bytes, out int consumed, out int written) == OperationStatus.Done && consumed == line.Length && written == size;

        // Base64 has bits that no byte needs: one signature must not have several texts.
        return isRead && Encoding.ASCII.GetString(line) == Convert.ToBase64String(bytes) ? bytes
            : throw Bad(_kind, $"a line of {size} bytes in Base64", "another line, or none");
    }

    public readonly void RequireEnd()
    {
        if (!_rest.IsEmpty)
        {
            throw Bad(_kind, "nothing after its last line", $"{_rest.Length} bytes more");
        }
    }

    public static void RequireAlgorithm(string kind, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> algorithm)
    {
        if (!bytes.StartsWith(algorithm))
        {
            throw Bad(kind, $"the algorithm {Encoding.ASCII.GetString(algorithm)}", $"0x{Convert.ToHexString(bytes[..AlgorithmSize])}");
        }
    }

    public static SignatureMalformedException Bad(string kind, InvariantText expected, InvariantText found) =>
        new(new PluginFailure($"this is no {kind} in minisign's format") { Expected = expected.ToText(), Found = found.ToText() });

    /// <summary>Without its end, a line feed with or without a carriage return before it.</summary>
    private ReadOnlySpan<byte> ReadLine()
    {
        int end = _rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
