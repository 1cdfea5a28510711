using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.MachO;

/// <summary>Writes what is wrong with the code signature of a library for macOS.</summary>
internal static class CodeSignatureFailures
{
    public static BinaryReason Missing(string path, in BinaryTarget target) =>
        new(BinaryErrors.CodeSignature, $"{UntrustedText.Quote(path)} is not signed.")
        {
            Expected = $"a code signature, as macOS asks for on {target.Architecture}; one ad hoc will do",
            Found = "none",
        };

    public static BinaryReason Changed(string path, ulong offset) =>
        new(BinaryErrors.CodeSignature, $"{UntrustedText.Quote(path)} was changed after it was signed.")
        {
            Expected = "the bytes that were signed",
            Found = $"others in the page that begins at 0x{offset:X}",
        };

    public static BinaryReason Malformed(string path, string field, InvariantText expected, InvariantText found) =>
        new(BinaryErrors.CodeSignature, $"{UntrustedText.Quote(path)} has a code signature that cannot be read: {field}.")
        {
            Expected = expected.ToText(),
            Found = found.ToText(),
        };
}
