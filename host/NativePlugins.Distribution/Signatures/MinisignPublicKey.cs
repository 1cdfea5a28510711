using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Signatures;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace NativePlugins.Distribution;

/// <summary>A public key in the format of minisign, https://jedisct1.github.io/minisign/. Immutable; two are equal if they are the same key.</summary>
public sealed class MinisignPublicKey : IEquatable<MinisignPublicKey>
{
    internal const int KeySize = 32;

    private const int Size = MinisignText.AlgorithmSize + MinisignText.KeyIdSize + KeySize;

    private readonly byte[] _key;

    internal MinisignPublicKey(ulong number, ReadOnlySpan<byte> key)
    {
        Number = number;
        _key = key.ToArray();
    }

    /// <summary>The key's id, a random number in 16 hexadecimal digits, as minisign shows it. It is a name and proves nothing: compare whole keys.</summary>
    public string Id => NameOf(Number);

    internal ulong Number { get; }

    /// <summary>Reads a key: its one line of Base64, or the file with a comment before it.</summary>
    /// <param name="text">At most 10,000 characters are read.</param>
    /// <exception cref="SignatureMalformedException">It is no such key.</exception>
    public static MinisignPublicKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new MinisignText("public key", Encoding.UTF8.GetBytes(text));
        if (lines.HasComment)
        {
            lines.ReadComment(MinisignText.UntrustedComment);
        }

        byte[] bytes = lines.ReadBase64(Size);
        lines.RequireEnd();
        MinisignText.RequireAlgorithm("public key", bytes, MinisignText.Ed25519Algorithm);
        ReadOnlySpan<byte> key = bytes.AsSpan(Size - KeySize);
        return Ed25519.ValidatePublicKeyFull(key.ToArray(), 0)
            ? new MinisignPublicKey(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(MinisignText.AlgorithmSize)), key)
            : throw MinisignText.Bad("public key", "a point of Ed25519 of the full order", "another number");
    }

    /// <summary>The file that minisign writes: a comment, and the key.</summary>
    public string ToFileText() => $"{MinisignText.UntrustedComment}minisign public key {Id}\n{this}\n";

    /// <summary>One line of Base64, without a line feed.</summary>
    public override string ToString()
    {
        byte[] bytes = new byte[Size];
        MinisignText.Ed25519Algorithm.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(MinisignText.AlgorithmSize), Number);
        _key.CopyTo(bytes, Size - KeySize);
        return Convert.ToBase64String(bytes);
    }

    /// <inheritdoc/>
    public bool Equals(MinisignPublicKey? other) => other is not null && Number == other.Number && _key.AsSpan().SequenceEqual(other._key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MinisignPublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Number.GetHashCode();

    internal static string NameOf(ulong number) => number.ToString("X16", CultureInfo.InvariantCulture);

    internal bool Verify(byte[] signature, byte[] message) =>
        Ed25519.Verify(signature, 0, _key, 0, message, 0, message.Length);
}
