using System.Buffers.Binary;
using System.Text;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Signatures;
using NativePlugins.Host.Diagnostics;
using Org.BouncyCastle.Crypto.Digests;

namespace NativePlugins.Distribution;

/// <summary>
/// A detached signature in the format of minisign, https://jedisct1.github.io/minisign/. What it says of itself is untrusted until
/// <see cref="Verify"/> has returned. Immutable.
/// </summary>
public sealed class MinisignSignature
{
    /// <summary>What minisign adds to the name of the file that is signed.</summary>
    public const string Extension = ".minisig";

    internal const int SignatureSize = 64;
    private const int Size = MinisignText.AlgorithmSize + MinisignText.KeyIdSize + SignatureSize;

    // minisign's own bound for signatures of the message itself.
    private const int MaxUnhashed = 1 << 30;

    private readonly string _untrustedComment;
    private readonly byte[] _signature;
    private readonly byte[] _global;

    internal MinisignSignature(string untrustedComment, bool isPrehashed, ulong keyNumber, byte[] signature, string trustedComment, byte[] global)
    {
        _untrustedComment = untrustedComment;
        IsPrehashed = isPrehashed;
        KeyNumber = keyNumber;
        _signature = signature;
        TrustedComment = trustedComment;
        _global = global;
    }

    /// <summary>The id of the key that it says has made it, as <see cref="MinisignPublicKey.Id"/>.</summary>
    public string KeyId => MinisignPublicKey.NameOf(KeyNumber);

    /// <summary>The comment that is signed too. May hold any characters but a line feed: escape it before you show it.</summary>
    public string TrustedComment { get; }

    /// <summary>Whether the BLAKE2b-512 of the content is signed, as minisign does since its version 0.10; if not, the content itself.</summary>
    public bool IsPrehashed { get; }

    internal ulong KeyNumber { get; }

    /// <summary>Reads a signature file.</summary>
    /// <param name="file">Its bytes; more than 10,000 are refused.</param>
    /// <exception cref="SignatureMalformedException">It is no such signature.</exception>
    public static MinisignSignature Parse(ReadOnlySpan<byte> file)
    {
        const string Kind = "signature";
        var lines = new MinisignText(Kind, file);
        string untrusted = lines.ReadComment(MinisignText.UntrustedComment);
        byte[] bytes = lines.ReadBase64(Size);
        string trusted = lines.ReadComment(MinisignText.TrustedComment);
        byte[] global = lines.ReadBase64(SignatureSize);
        lines.RequireEnd();
        bool isPrehashed = bytes.AsSpan().StartsWith(MinisignText.PrehashedAlgorithm);
        if (!isPrehashed)
        {
            MinisignText.RequireAlgorithm(Kind, bytes, MinisignText.Ed25519Algorithm);
        }

        ulong number = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(MinisignText.AlgorithmSize));
        return new MinisignSignature(untrusted, isPrehashed, number, bytes[^SignatureSize..], trusted, global);
    }

    /// <summary>Checks that a key has signed the content, and the comment with it.</summary>
    /// <param name="key">The key that must have signed.</param>
    /// <param name="content">Read from where it is to its end; at most 1 GiB if the signature is not of the older, unhashed kind.</param>
    /// <exception cref="SignatureInvalidException">Another key has signed, or something else was signed.</exception>
    /// <exception cref="IOException">The content cannot be read.</exception>
    public void Verify(MinisignPublicKey key, Stream content)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(content);
        if (key.Number != KeyNumber)
        {
            throw Invalid($"one by the key {key.Id}", $"one by the key {KeyId}");
        }

        if (!key.Verify(_signature, IsPrehashed ? Hash(content) : ReadAll(content)))
        {
            throw Invalid($"one of this content by the key {key.Id}", "one of another content, or by another key of that id");
        }

        if (!key.Verify(_global, GlobalMessage(_signature, TrustedComment)))
        {
            throw Invalid("the comment that was signed", "another comment");
        }
    }

    /// <summary>The file that minisign writes and reads.</summary>
    public override string ToString()
    {
        byte[] bytes = new byte[Size];
        (IsPrehashed ? MinisignText.PrehashedAlgorithm : MinisignText.Ed25519Algorithm).CopyTo(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(MinisignText.AlgorithmSize), KeyNumber);
        _signature.CopyTo(bytes, Size - SignatureSize);
        return $"{MinisignText.UntrustedComment}{_untrustedComment}\n{Convert.ToBase64String(bytes)}\n"
            + $"{MinisignText.TrustedComment}{TrustedComment}\n{Convert.ToBase64String(_global)}\n";
    }

    internal static byte[] Hash(Stream content)
    {
        var digest = new Blake2bDigest(512);
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            digest.BlockUpdate(buffer, 0, read);
        }

        byte[] hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return hash;
    }

    /// <summary>What the second signature is of: the first one, and the comment.</summary>
    internal static byte[] GlobalMessage(byte[] signature, string trustedComment) => [.. signature, .. Encoding.UTF8.GetBytes(trustedComment)];

    private static byte[] ReadAll(Stream content)
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            all.Write(buffer, 0, read);
            if (all.Length > MaxUnhashed)
            {
                throw Invalid($"at most {MaxUnhashed:N0} bytes, as the signature is not of their hash", "more");
            }
        }

        return all.ToArray();
    }

    private static SignatureInvalidException Invalid(InvariantText expected, InvariantText found) =>
        new(new PluginFailure("the signature does not fit") { Expected = expected.ToText(), Found = found.ToText() });
}
