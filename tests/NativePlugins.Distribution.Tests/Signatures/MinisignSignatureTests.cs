using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace NativePlugins.Distribution.Tests.Signatures;

public class MinisignSignatureTests
{
    private static readonly MinisignPublicKey s_key = MinisignPublicKey.Parse(Debian.PublicKey);

    [Fact]
    public void What_minisign_signed_is_accepted() => Verify(Debian.Hashed);

    [Fact]
    public void What_minisign_signed_without_hashing_it_first_is_accepted() => Verify(Debian.Unhashed);

    [Fact]
    public void A_signature_is_written_as_it_was_read() =>
        Assert.Equal(Encoding.UTF8.GetString(Debian.Hashed), MinisignSignature.Parse(Debian.Hashed).ToString());

    [Fact]
    public void The_lines_of_a_signature_may_end_as_on_Windows() =>
        Verify(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Debian.Hashed).ReplaceLineEndings("\r\n")));

    [Fact]
    public void Another_content_is_refused() =>
        Assert.Throws<SignatureInvalidException>(() => Verify(Debian.Hashed, "Hello\n"));

    [Fact]
    public void Another_trusted_comment_is_refused()
    {
        string text = Encoding.UTF8.GetString(Debian.Hashed).Replace("a trusted comment", "a trusted Comment", StringComparison.Ordinal);

        var thrown = Assert.Throws<SignatureInvalidException>(() => Verify(Encoding.UTF8.GetBytes(text)));

        Assert.Equal("another comment", thrown.Found);
    }

    [Fact]
    public void A_signature_by_another_key_is_refused_and_names_both()
    {
        using MinisignSecretKey other = MinisignSecretKey.Create();

        var thrown = Assert.Throws<SignatureInvalidException>(() => MinisignSignature.Parse(Debian.Hashed).Verify(other.PublicKey, Content("hello\n")));

        Assert.Equal($"one by the key {other.PublicKey.Id}", thrown.Expected);
        Assert.Equal("one by the key 722FF1AF8E004AC4", thrown.Found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("one line too many\n")]
    public void A_signature_that_is_cut_off_or_doubled_is_refused(string more)
    {
        byte[] twice = more.Length == 0 ? [.. Debian.Hashed, .. Debian.Hashed] : [.. Debian.Hashed, .. Encoding.UTF8.GetBytes(more)];

        Assert.Throws<SignatureMalformedException>(() => MinisignSignature.Parse(twice));
        Assert.All(Enumerable.Range(0, Debian.Hashed.Length - 1), length => Assert.Throws<SignatureMalformedException>(() => MinisignSignature.Parse(Debian.Hashed.AsSpan(0, length))));
    }

    [Fact]
    public void No_change_of_one_byte_of_what_is_signed_is_accepted()
    {
        // The untrusted comment is nobody's word; all behind it counts.
        int start = Debian.Hashed.AsSpan().IndexOf((byte)'\n') + 1;
        Prop.ForAll<int, byte>((at, value) =>
        {
            byte[] changed = (byte[])Debian.Hashed.Clone();
            int place = start + (int)((uint)at * 2654435761UL % (ulong)(changed.Length - start - 1));
            bool isSame = changed[place] == value;
            changed[place] = value;
            return isSame == (Record.Exception(() => Verify(changed)) is null);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Any_bytes_are_a_signature_or_refused_as_none() =>
        Prop.ForAll<byte[], int>((bytes, at) => IsTyped(() => MinisignSignature.Parse(bytes)) && IsTyped(() => MinisignSignature.Parse(Splice(Debian.Hashed, bytes, at))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Any_text_is_a_public_key_or_refused_as_none() =>
        Prop.ForAll<string, int>((text, at) => IsTyped(() => MinisignPublicKey.Parse(text ?? ""))
            && IsTyped(() => MinisignPublicKey.Parse(Encoding.UTF8.GetString(Splice(Encoding.UTF8.GetBytes(Debian.PublicKey), Encoding.UTF8.GetBytes(text ?? ""), at)))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_public_key_is_its_line_or_its_file()
    {
        Assert.Equal(s_key, MinisignPublicKey.Parse("RWTESgCOr/EvckF0uCBG4cJ6Ipdc84ZGZSxuDVYJGp8Z8/Hidt/BiNPr"));
        Assert.Equal(Debian.PublicKey, s_key.ToFileText());
        Assert.Equal("722FF1AF8E004AC4", s_key.Id);
    }

    [Fact]
    public void A_point_of_small_order_which_fits_any_signature_is_no_public_key()
    {
        byte[] bytes = Convert.FromBase64String(s_key.ToString());
        bytes.AsSpan(10).Clear();
        bytes[10] = 1;

        Assert.Throws<SignatureMalformedException>(() => MinisignPublicKey.Parse(Convert.ToBase64String(bytes)));
    }

    [Fact]
    public void What_is_longer_than_any_key_or_signature_is_refused() =>
        Assert.Contains("10,001", Assert.Throws<SignatureMalformedException>(() => MinisignSignature.Parse(new byte[10_001])).Found, StringComparison.Ordinal);

    private static void Verify(byte[] signature, string content = "hello\n") => MinisignSignature.Parse(signature).Verify(s_key, Content(content));

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    private static byte[] Splice(byte[] good, byte[] bad, int at)
    {
        int place = (int)((uint)at * 2654435761UL % (ulong)good.Length);
        return [.. good[..place], .. bad ?? [], .. good[Math.Min(good.Length, place + (bad?.Length ?? 0))..]];
    }

    private static bool IsTyped(Action parse) => Record.Exception(parse) is null or SignatureMalformedException;
}
