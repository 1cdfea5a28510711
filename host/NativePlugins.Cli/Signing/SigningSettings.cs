using System.Globalization;

namespace NativePlugins.Cli;

/// <summary>What the options of the commands about keys and signatures say.</summary>
internal sealed class SigningSettings
{
    /// <summary>The descriptor of <c>--passphrase-fd</c>; null to ask on the terminal.</summary>
    public int? PassphraseDescriptor { get; private set; }

    /// <summary>Of <c>sign</c> and <c>pack</c>: the file of the secret key.</summary>
    public string? SecretKeyFile { get; private set; }

    /// <summary>Of <c>verify</c>: public keys, or files with one.</summary>
    public List<string> Keys { get; } = [];

    public static CommonOption Passphrase { get; } = new("--passphrase-fd", null, "N",
        "Read the passphrase from the open descriptor N, to its first line feed. Default: ask for it on the terminal.",
        static (settings, value) => settings.Signing.PassphraseDescriptor =
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor) && descriptor is >= 0 and <= 1 << 20 ? descriptor
            : throw CliErrors.Usage(
                "the value of --passphrase-fd cannot be used", "the number of an open descriptor", "something else, which is not shown, as it may be a passphrase", "See `host keygen --help`."));

    public static CommonOption[] OfSign { get; } = [SecretKey("--key"), Passphrase];

    public static CommonOption[] OfPack { get; } = [SecretKey("--sign-key"), Passphrase];

    public static CommonOption[] OfVerify { get; } =
    [
        new("--key", null, "KEY", "A public key, or a file with one, that must have signed each package. May be given several times: one of them must have.",
            static (settings, value) => settings.Signing.Keys.Add(value)),
    ];

    private static CommonOption SecretKey(string name) => new(name, null, "FILE", "Sign with the secret key in FILE, which `host keygen` or minisign has written.",
        (settings, value) => settings.Signing.SecretKeyFile = CommonOptions.FullPath(name, value));
}
