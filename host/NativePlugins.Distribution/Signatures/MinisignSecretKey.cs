using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NativePlugins.Distribution.Signatures;
using NativePlugins.Host.Diagnostics;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace NativePlugins.Distribution;

/// <summary>
/// A secret key in the format of minisign, which is encrypted with a passphrase wherever it is written. Thread-safe, except for
/// <see cref="Dispose"/>, which clears it from memory.
/// </summary>
public sealed class MinisignSecretKey : IDisposable
{
    private const string Kind = "secret key";
    private const int SeedSize = 32;
    private const int PairSize = SeedSize + MinisignPublicKey.KeySize;
    private const int ChecksumSize = 32;
    private const int SaltSize = 32;
    private const int LimitsSize = 16;
    private const int HeadSize = 6 + SaltSize + LimitsSize;
    private const int BoxSize = MinisignText.KeyIdSize + PairSize + ChecksumSize;

    // libsodium's names of what follows: the algorithms of the key, of its encryption, and of the checksum.
    private static ReadOnlySpan<byte> Algorithms => "EdScB2"u8;

    private readonly byte[] _seed;
    private bool _isDisposed;

    private MinisignSecretKey(ulong number, byte[] seed)
    {
        _seed = seed;
        byte[] key = new byte[MinisignPublicKey.KeySize];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        PublicKey = new MinisignPublicKey(number, key);
    }

    /// <summary>What others check its signatures with.</summary>
    public MinisignPublicKey PublicKey { get; }

    /// <summary>Makes a new key of the system's random numbers.</summary>
    /// <exception cref="IOException">The system gives none.</exception>
    public static MinisignSecretKey Create()
    {
        byte[] seed = new byte[SeedSize], number = new byte[MinisignText.KeyIdSize];
        SystemRandom.Fill(seed);
        SystemRandom.Fill(number);
        return new MinisignSecretKey(BinaryPrimitives.ReadUInt64LittleEndian(number), seed);
    }

    /// <summary>Reads a key file, of this library or of minisign. A key that is not encrypted is refused.</summary>
    /// <param name="file">Its bytes; more than 10,000 are refused.</param>
    /// <param name="passphrase">In UTF-8. The caller clears it.</param>
    /// <remarks>Takes the memory and the time for which the file asks: up to 1 GiB and some seconds, which is what minisign's own files ask for.</remarks>
    /// <exception cref="SignatureMalformedException">It is no such file.</exception>
    /// <exception cref="SecretKeyException">The passphrase is another one, the key is not encrypted, or the file asks for more memory or work than that.</exception>
    public static MinisignSecretKey Decrypt(ReadOnlySpan<byte> file, ReadOnlySpan<byte> passphrase)
    {
        var lines = new MinisignText(Kind, file);
        lines.ReadComment(MinisignText.UntrustedComment);
        byte[] bytes = lines.ReadBase64(HeadSize + BoxSize);
        lines.RequireEnd();
        RequireEncrypted(bytes);
        var limits = new ScryptLimits(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(HeadSize - LimitsSize)), BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(HeadSize - 8)));
        if (!limits.IsAllowed)
        {
            throw Closed($"one that asks for at most {ScryptLimits.Most}", $"one that asks for {limits}");
        }

        byte[] box = bytes[HeadSize..];
        limits.Apply(box, passphrase, bytes[6..(6 + SaltSize)]);
        try
        {
            // The checksum covers the public key too, so that it need not be compared.
            return CryptographicOperations.FixedTimeEquals(Checksum(box), box.AsSpan(BoxSize - ChecksumSize))
                ? new MinisignSecretKey(BinaryPrimitives.ReadUInt64LittleEndian(box), box[MinisignText.KeyIdSize..(MinisignText.KeyIdSize + SeedSize)])
                : throw Closed("the passphrase with which it was written", "another passphrase, or a damaged file");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(box);
        }
    }

    /// <summary>The key file, encrypted: scrypt with 128 MiB, which a later <see cref="Decrypt"/> needs again. minisign reads it.</summary>
    /// <param name="passphrase">In UTF-8, not empty. The caller clears it.</param>
    /// <exception cref="ArgumentException">The passphrase is empty.</exception>
    /// <exception cref="ObjectDisposedException">The key was cleared.</exception>
    public string Encrypt(ReadOnlySpan<byte> passphrase) => Encrypt(passphrase, ScryptLimits.Default);

    /// <summary>Signs the BLAKE2b-512 of a content, and a comment.</summary>
    /// <param name="content">Read from where it is to its end.</param>
    /// <param name="trustedComment">One line of fewer than 8,000 bytes in UTF-8.</param>
    /// <exception cref="ArgumentException">The comment has several lines, or is longer.</exception>
    /// <exception cref="IOException">The content cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The key was cleared.</exception>
    public MinisignSignature Sign(Stream content, string trustedComment)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(trustedComment);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (trustedComment.AsSpan().ContainsAny('\r', '\n') || Encoding.UTF8.GetByteCount(trustedComment) > 8000)
        {
            throw new ArgumentException("The comment is one line of at most 8,000 bytes.", nameof(trustedComment));
        }

        byte[] signature = Sign(MinisignSignature.Hash(content));
        return new MinisignSignature(
            $"signature from minisign secret key {PublicKey.Id}", isPrehashed: true, PublicKey.Number, signature, trustedComment,
            Sign(MinisignSignature.GlobalMessage(signature, trustedComment)));
    }

    /// <summary>The same with the comment that minisign writes: the time, and the name of the file.</summary>
    /// <param name="content">Read from where it is to its end.</param>
    /// <param name="fileName">Without a directory; what is no printable character in it becomes a question mark.</param>
    /// <param name="time">Default (null): the system's.</param>
    /// <exception cref="IOException">The content cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The key was cleared.</exception>
    public MinisignSignature SignFile(Stream content, string fileName, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        long seconds = (time ?? TimeProvider.System).GetUtcNow().ToUnixTimeSeconds();
        string name = string.Concat(fileName.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return Sign(content, string.Create(CultureInfo.InvariantCulture, $"timestamp:{seconds}\tfile:{name}\thashed"));
    }

    /// <summary>Clears the key from memory.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_seed);
    }

    internal string Encrypt(ReadOnlySpan<byte> passphrase, ScryptLimits limits)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (passphrase.IsEmpty)
        {
            throw new ArgumentException("The passphrase is empty.", nameof(passphrase));
        }

        byte[] bytes = new byte[HeadSize + BoxSize];
        Algorithms.CopyTo(bytes);
        SystemRandom.Fill(bytes.AsSpan(6, SaltSize));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(HeadSize - LimitsSize), limits.Operations);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(HeadSize - 8), limits.Memory);

        byte[] box = new byte[BoxSize];
        BinaryPrimitives.WriteUInt64LittleEndian(box, PublicKey.Number);
        _seed.CopyTo(box, MinisignText.KeyIdSize);
        Ed25519.GeneratePublicKey(_seed, 0, box, MinisignText.KeyIdSize + SeedSize);
        Checksum(box).CopyTo(box, BoxSize - ChecksumSize);
        limits.Apply(box, passphrase, bytes[6..(6 + SaltSize)]);
        box.CopyTo(bytes, HeadSize);
        return $"{MinisignText.UntrustedComment}minisign encrypted secret key\n{Convert.ToBase64String(bytes)}\n";
    }

    private byte[] Sign(byte[] message)
    {
        byte[] signature = new byte[MinisignSignature.SignatureSize];
        Ed25519.Sign(_seed, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    private static void RequireEncrypted(byte[] bytes)
    {
        MinisignText.RequireAlgorithm(Kind, bytes, MinisignText.Ed25519Algorithm);
        if (bytes[2] == 0 && bytes[3] == 0)
        {
            throw Closed("one that is encrypted with a passphrase", "one that is not encrypted");
        }

        if (!bytes.AsSpan().StartsWith(Algorithms))
        {
            throw MinisignText.Bad(Kind, "the algorithms Ed, Sc and B2", $"0x{Convert.ToHexString(bytes.AsSpan(0, Algorithms.Length))}");
        }
    }

    /// <summary>Of the algorithm, the key's number and both keys.</summary>
    private static byte[] Checksum(ReadOnlySpan<byte> box)
    {
        var digest = new Blake2bDigest(ChecksumSize * 8);
        byte[] covered = [.. MinisignText.Ed25519Algorithm, .. box[..^ChecksumSize]], sum = new byte[ChecksumSize];
        digest.BlockUpdate(covered, 0, covered.Length);
        digest.DoFinal(sum, 0);
        CryptographicOperations.ZeroMemory(covered);
        return sum;
    }

    private static SecretKeyException Closed(string expected, string found) =>
        new(new PluginFailure("the secret key cannot be used") { Expected = expected, Found = found });
}
