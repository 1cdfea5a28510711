using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Model;

/// <summary>Writes the refusals of a file because of its content.</summary>
internal static class PreflightFailures
{
    public static BinaryReason NotALibrary(BinaryFile file) =>
        new(BinaryErrors.Format, $"{UntrustedText.Quote(file.Path)} is not a library.")
        {
            Expected = "an ELF, Mach-O or PE file",
            Found = BinaryMagic.Describe(file.Head),
        };

    public static void ThrowIfOtherTarget(string path, BinaryTarget found, BinaryTarget? required)
    {
        if (required is { } expected && found != expected)
        {
            throw OtherTarget(path, found.Describe(), expected).ToException();
        }
    }

    public static BinaryReason OtherCLibrary(BinaryImage image, string built, string used) =>
        new(BinaryErrors.CLibrary, $"{UntrustedText.Quote(image.Path)} was built for {built}.")
        {
            Expected = $"a library that was linked with {used}, as this process",
            Found = $"one that needs {built}: {string.Join(", ", image.Needed.Where(name => name.StartsWith("libc.", StringComparison.Ordinal) || name.StartsWith("ld-musl-", StringComparison.Ordinal)).Select(name => UntrustedText.Quote(name)))}",
        };

    public static BinaryReason OtherTarget(string path, string found, BinaryTarget expected) =>
        new(BinaryErrors.Architecture, $"{UntrustedText.Quote(path)} was built for another machine.")
        {
            Expected = expected.Describe(),
            Found = found,
        };

    public static BinaryReason WrongKind(string path, BinaryKind kind)
    {
        string found = kind switch
        {
            BinaryKind.Executable => "an executable",
            BinaryKind.ObjectFile => "an object file",
            BinaryKind.CoreDump => "a core dump",
            BinaryKind.DebugSymbols => "a file of debug symbols, without the code",
            BinaryKind.ManagedAssembly => "a managed .NET assembly",
            _ => "a file of another kind",
        };
        string? advice = kind switch
        {
            BinaryKind.DebugSymbols => "Name the library that the symbols belong to.",
            BinaryKind.ManagedAssembly => "Publish the project with NativeAOT (dotnet publish), and name the native library in its publish directory.",
            _ => null,
        };
        return new BinaryReason(BinaryErrors.Kind, $"{UntrustedText.Quote(path)} is {found}.")
        {
            Expected = "a shared library",
            Found = found,
            OwnAdvice = advice,
        };
    }

    /// <summary>Null if the library exports the entry.</summary>
    public static BinaryReason? NoEntry(BinaryImage image, BinaryEntryPoint entry)
    {
        if (image.ExportsEntry)
        {
            return null;
        }

        string path = UntrustedText.Quote(image.Path);
        return image.OtherEntryVersions.Count > 0
            ? new BinaryReason(BinaryErrors.AbiVersion, entry.Kind is { } kind
                ? $"{path} is {kind} of another major version of the ABI."
                : $"{path} exports another version of {UntrustedText.Quote(entry.Name)}.")
            {
                Expected = entry.VersionOf(entry.Utf8Name) is { } version ? $"major version {version} ({entry.Name})" : entry.Name,
                Found = "major version " + string.Join(", ", image.OtherEntryVersions),
            }
            : new BinaryReason(BinaryErrors.EntryMissing, entry.Kind is { } missing
                ? $"{path} is not {missing}."
                : $"{path} does not export {UntrustedText.Quote(entry.Name)}.")
            {
                Expected = $"an exported function {entry.Name}",
                Found = image.EntryProblem ?? "a library without one",
            };
    }

    public static BinaryReason ExecutableStack(BinaryImage image) =>
        new(BinaryErrors.ExecutableStack, $"{UntrustedText.Quote(image.Path)} wants an executable stack.")
        {
            Expected = "a library that needs none",
            Found = "no PT_GNU_STACK header, or one with the permission to execute",
        };
}
