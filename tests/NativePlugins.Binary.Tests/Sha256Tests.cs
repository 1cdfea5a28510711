using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Tests;

public sealed class Sha256Tests
{
    // The examples of FIPS 180-4 itself.
    [Theory]
    [InlineData("", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248D6A61D20638B8E5C026930C3E6039A33CE45964FF2167F6ECEDD419DB06C1")]
    public void The_examples_of_the_standard_hold(string text, string hash) =>
        Assert.Equal(hash, Convert.ToHexString(HashOf(System.Text.Encoding.ASCII.GetBytes(text), 1)));

    [Fact]
    public void Any_bytes_in_any_pieces_have_the_hash_that_the_framework_finds() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            Gen.Choose(1, 200).ToArbitrary(),
            Gen.Choose(0, 5).ToArbitrary(),
            (bytes, piece, repeats) =>
            {
                byte[] data = [.. Enumerable.Repeat(bytes, 1 + repeats * 20).SelectMany(part => part)];
                return HashOf(data, piece).SequenceEqual(SHA256.HashData(data));
            }).QuickCheckThrowOnFailure();

    private static byte[] HashOf(byte[] data, int piece)
    {
        var hash = new Sha256();
        foreach (byte[] part in data.Chunk(piece))
        {
            hash.Append(part);
        }

        return hash.Finish();
    }
}
