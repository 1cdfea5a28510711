using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;

namespace NativePlugins.Distribution.Signatures;

/// <summary>How hard it is to try a passphrase, as libsodium states it in a key file.</summary>
/// <param name="Operations">About how many operations.</param>
/// <param name="Memory">In bytes.</param>
internal readonly record struct ScryptLimits(ulong Operations, ulong Memory)
{
    private const int BlockSize = 8;
    private const ulong LeastOperations = 32768, LeastMemory = 16384;

    /// <summary>What minisign writes, libsodium's SENSITIVE. A file that asks for more could only be meant to use the machine up.</summary>
    public static ScryptLimits Most { get; } = new(1 << 25, 1 << 30);

    /// <summary>N = 2^17, r = 8, p = 1: the first of what OWASP's Password Storage Cheat Sheet recommends for scrypt.</summary>
    public static ScryptLimits Default { get; } = new(1 << 22, 1 << 27);

    public bool IsAllowed => Operations is >= LeastOperations && Operations <= Most.Operations && Memory >= LeastMemory && Memory <= Most.Memory;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Memory:N0} bytes and {Operations:N0} operations");

    /// <summary>Encrypts or decrypts: the key of as many bytes that scrypt makes of the passphrase, exclusive or.</summary>
    public void Apply(Span<byte> box, ReadOnlySpan<byte> passphrase, byte[] salt)
    {
        (int cost, int parallelism) = Choose();
        byte[] password = passphrase.ToArray(), stream = SCrypt.Generate(password, salt, cost, BlockSize, parallelism, box.Length);
        for (int i = 0; i < box.Length; i++)
        {
            box[i] ^= stream[i];
        }

        CryptographicOperations.ZeroMemory(password);
        CryptographicOperations.ZeroMemory(stream);
    }

    /// <summary>N and p, as crypto_pwhash_scryptsalsa208sha256 of libsodium chooses them (pickparams).</summary>
    internal (int Cost, int Parallelism) Choose()
    {
        bool isTimeBound = Operations < Memory / 32;
        ulong most = isTimeBound ? Operations / (BlockSize * 4) : Memory / (BlockSize * 128);

        // The first power of two above half of it, from 2 on.
        int log = Math.Max(1, BitOperations.Log2(most / 2) + 1);
        ulong cost = 1UL << log;
        return ((int)cost, isTimeBound ? 1 : (int)Math.Max(1, Operations / 4 / cost / BlockSize));
    }
}
