using System.Diagnostics;
using System.Text;
using NativePlugins.Distribution.Signatures;

namespace NativePlugins.Distribution.Tests.Signatures;

/// <summary>Debian's program minisign and this library, each with the keys and the signatures of the other.</summary>
public class MinisignProgramTests
{
    private const string Passphrase = "a passphrase";

    // libsodium's INTERACTIVE: minisign's own keys ask for 1 GiB, which not every machine has to spare for a test.
    private static readonly ScryptLimits s_quick = new(524288, 1 << 24);

    [MinisignFact]
    public void Minisign_accepts_what_this_library_signs()
    {
        using var folder = new TemporaryDirectory();
        using MinisignSecretKey key = MinisignSecretKey.Create();
        folder.WriteFile("content", [1, 2, 3]);
        File.WriteAllText(folder["key.pub"], key.PublicKey.ToFileText());
        File.WriteAllText(folder["content.minisig"], key.Sign(new MemoryStream([1, 2, 3]), "said by us").ToString());

        ProgramRun run = Start(folder, "", "-V", "-Q", "-p", "key.pub", "-m", "content");
        Assert.Equal((0, "said by us\n"), (run.ExitCode, run.Output));
    }

    [MinisignFact]
    public void Minisign_refuses_what_this_library_signed_when_it_was_changed()
    {
        using var folder = new TemporaryDirectory();
        using MinisignSecretKey key = MinisignSecretKey.Create();
        folder.WriteFile("content", [1, 2, 4]);
        File.WriteAllText(folder["key.pub"], key.PublicKey.ToFileText());
        File.WriteAllText(folder["content.minisig"], key.Sign(new MemoryStream([1, 2, 3]), "").ToString());

        ProgramRun run = Start(folder, "", "-V", "-p", "key.pub", "-m", "content");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("verification failed", run.Error, StringComparison.Ordinal);
    }

    [MinisignTheory]
    [InlineData("-S")]
    [InlineData("-Sl")]
    public void Minisign_signs_with_a_key_of_this_library_and_this_library_accepts_it(string sign)
    {
        using var folder = new TemporaryDirectory();
        using MinisignSecretKey key = MinisignSecretKey.Create();
        folder.WriteFile("content", [1, 2, 3]);
        File.WriteAllText(folder["key"], key.Encrypt(Encoding.UTF8.GetBytes(Passphrase), s_quick));

        Run(folder, sign, "-s", "key", "-t", "said by minisign", "-m", "content");

        MinisignSignature signature = MinisignSignature.Parse(File.ReadAllBytes(folder["content.minisig"]));
        signature.Verify(key.PublicKey, new MemoryStream([1, 2, 3]));
        Assert.Equal("said by minisign", signature.TrustedComment);
        Assert.Equal(sign == "-S", signature.IsPrehashed);
    }

    [MinisignFact]
    public void The_key_that_minisign_makes_of_a_secret_key_is_the_public_one()
    {
        using var folder = new TemporaryDirectory();
        using MinisignSecretKey key = MinisignSecretKey.Create();
        File.WriteAllText(folder["key"], key.Encrypt(Encoding.UTF8.GetBytes(Passphrase), s_quick));

        Run(folder, "-R", "-s", "key", "-p", "key.pub");

        Assert.Equal(key.PublicKey, MinisignPublicKey.Parse(File.ReadAllText(folder["key.pub"])));
    }

    private static string Run(TemporaryDirectory folder, params string[] arguments)
    {
        ProgramRun run = Start(folder, Passphrase + "\n", arguments);
        Assert.True(run.ExitCode == 0, $"minisign ended with {run.ExitCode}: {run.AllOutput}");
        return run.Output;
    }

    private static ProgramRun Start(TemporaryDirectory folder, string input, params string[] arguments) =>
        ProgramRun.Of(new ProcessStartInfo("minisign", arguments) { WorkingDirectory = folder.Path }, input);
}
