using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Distribution.Signatures;

namespace NativePlugins.Distribution.Tests.Signatures;

public class MinisignSecretKeyTests
{
    private const int LimitsAt = 38;

    // The least that is allowed: these tests are not about how hard it is.
    private static readonly ScryptLimits s_easy = new(32768, 1 << 20);
    private static readonly byte[] s_passphrase = "a passphrase"u8.ToArray();

    [Fact]
    public void A_key_is_the_same_after_it_was_encrypted_and_decrypted()
    {
        using MinisignSecretKey key = MinisignSecretKey.Create();

        using MinisignSecretKey read = MinisignSecretKey.Decrypt(Encoding.UTF8.GetBytes(key.Encrypt(s_passphrase, s_easy)), s_passphrase);

        Assert.Equal(key.PublicKey, read.PublicKey);
        MinisignSignature signature = read.Sign(new MemoryStream([1, 2, 3]), "a comment");
        MinisignSignature.Parse(Encoding.UTF8.GetBytes(signature.ToString())).Verify(key.PublicKey, new MemoryStream([1, 2, 3]));
    }

    [Fact]
    public void Another_passphrase_is_refused()
    {
        using MinisignSecretKey key = MinisignSecretKey.Create();
        byte[] file = Encoding.UTF8.GetBytes(key.Encrypt(s_passphrase, s_easy));

        Assert.Throws<SecretKeyException>(() => MinisignSecretKey.Decrypt(file, "A passphrase"u8));
    }

    [Fact]
    public void The_file_of_a_key_does_not_hold_the_key()
    {
        using MinisignSecretKey key = MinisignSecretKey.Create();
        string first = key.Encrypt(s_passphrase, s_easy), second = key.Encrypt(s_passphrase, s_easy);

        // Of what is encrypted, the two have nothing in common but by chance.
        byte[] a = Bytes(first)[54..], b = Bytes(second)[54..];
        Assert.InRange(a.Zip(b).Count(pair => pair.First == pair.Second), 0, 20);
    }

    [Fact]
    public void A_key_that_is_not_encrypted_is_refused()
    {
        byte[] bytes = Bytes(Encoding.UTF8.GetString(Debian.SecretKey));
        bytes[2] = bytes[3] = 0;

        Assert.Equal("one that is not encrypted", Assert.Throws<SecretKeyException>(() => MinisignSecretKey.Decrypt(Text(bytes), s_passphrase)).Found);
    }

    [Theory]
    [InlineData(1UL << 25, (1UL << 30) + 1)]
    [InlineData(1UL << 25, ulong.MaxValue)]
    [InlineData((1UL << 25) + 1, 1UL << 30)]
    [InlineData(ulong.MaxValue, 1UL << 20)]
    [InlineData(0UL, 1UL << 20)]
    [InlineData(1UL << 25, 0UL)]
    public void A_file_that_asks_for_too_much_or_too_little_is_refused_before_it_gets_it(ulong operations, ulong memory)
    {
        byte[] bytes = Bytes(Encoding.UTF8.GetString(Debian.SecretKey));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(LimitsAt), operations);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(LimitsAt + 8), memory);

        Assert.StartsWith("one that asks for", Assert.Throws<SecretKeyException>(() => MinisignSecretKey.Decrypt(Text(bytes), s_passphrase)).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1UL << 25, 1UL << 30, 1 << 20, 1)]
    [InlineData(1UL << 22, 1UL << 27, 1 << 17, 1)]
    [InlineData(524288UL, 1UL << 24, 1 << 14, 1)]
    [InlineData(32768UL, 1UL << 30, 1 << 10, 1)]
    [InlineData(1UL << 25, 1UL << 20, 1 << 10, 1024)]
    public void The_limits_mean_what_libsodium_means_by_them(ulong operations, ulong memory, int cost, int parallelism) =>
        Assert.Equal((cost, parallelism), new ScryptLimits(operations, memory).Choose());

    [Fact]
    public void All_limits_that_are_allowed_stay_below_those_of_minisign_itself() =>
        Prop.ForAll<ulong, ulong>((operations, memory) =>
        {
            var limits = new ScryptLimits(32768 + (operations % ((1 << 25) - 32767)), 16384 + (memory % ((1 << 30) - 16383)));
            (int cost, int parallelism) = limits.Choose();
            return limits.IsAllowed && cost >= 2 && parallelism >= 1 && cost * 1024L <= 1 << 30 && (long)cost * parallelism <= 1 << 20;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Any_bytes_are_refused_as_a_key() =>
        Prop.ForAll<byte[]>(bytes => Record.Exception(() => MinisignSecretKey.Decrypt(bytes, s_passphrase)) is SignatureMalformedException).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_key_without_a_passphrase_is_not_written()
    {
        using MinisignSecretKey key = MinisignSecretKey.Create();

        Assert.Throws<ArgumentException>(() => key.Encrypt([]));
    }

    [Fact]
    public void A_key_that_was_cleared_signs_no_more()
    {
        MinisignSecretKey key = MinisignSecretKey.Create();
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Sign(Stream.Null, ""));
        Assert.Throws<ObjectDisposedException>(() => key.Encrypt(s_passphrase));
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("two\rlines")]
    public void A_comment_of_several_lines_is_refused(string comment)
    {
        using MinisignSecretKey key = MinisignSecretKey.Create();

        Assert.Throws<ArgumentException>(() => key.Sign(Stream.Null, comment));
    }

    private static byte[] Bytes(string file) => Convert.FromBase64String(file.Split('\n')[1]);

    private static byte[] Text(byte[] bytes) => Encoding.UTF8.GetBytes($"untrusted comment: \n{Convert.ToBase64String(bytes)}\n");
}
