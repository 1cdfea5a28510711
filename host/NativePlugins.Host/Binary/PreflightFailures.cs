namespace NativePlugins.Host;

/// <summary>Words the refusals of a file for what is in it.</summary>
internal static class PreflightFailures
{
    public static PluginFormatException NotALibrary(BinaryFile file) =>
        new(new PluginFailure($"{UntrustedText.Quote(file.Path)} is not a library.")
        {
            Expected = "an ELF, Mach-O or PE file",
            Found = BinaryMagic.Describe(file.Head),
        });

    public static void ThrowIfOtherTarget(string path, BinaryTarget found, BinaryTarget? required)
    {
        if (required is { } expected && found != expected)
        {
            throw OtherTarget(path, found.Describe(), expected);
        }
    }

    public static PluginCLibraryException OtherCLibrary(BinaryImage image, string built, string used) =>
        new(new PluginFailure($"{UntrustedText.Quote(image.Path)} was built for {built}.")
        {
            Expected = $"a library that was linked with {used}, as this process",
            Found = $"one that needs {built}: {string.Join(", ", image.Needed.Where(name => name.StartsWith("libc.", StringComparison.Ordinal) || name.StartsWith("ld-musl-", StringComparison.Ordinal)).Select(name => UntrustedText.Quote(name)))}",
        });

    public static PluginArchitectureException OtherTarget(string path, string found, BinaryTarget expected) =>
        new(new PluginFailure($"{UntrustedText.Quote(path)} was built for another machine.")
        {
            Expected = expected.Describe(),
            Found = found,
        });

    public static PluginKindException WrongKind(string path, BinaryKind kind)
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
        return new PluginKindException(new PluginFailure($"{UntrustedText.Quote(path)} is {found}.")
        {
            Expected = "a shared library",
            Found = found,
            Advice = advice,
        });
    }

    /// <summary>Null if the library exports a plugin's entry.</summary>
    public static PluginException? NoEntry(BinaryImage image)
    {
        if (image.ExportsEntry)
        {
            return null;
        }

        string path = UntrustedText.Quote(image.Path);
        return image.OtherEntryVersions.Count > 0
            ? new PluginAbiVersionException(new PluginFailure($"{path} is a plugin of another major version of the ABI.")
            {
                Expected = $"major version {PluginEntryPoint.MajorVersion} (np_plugin_entry_v{PluginEntryPoint.MajorVersion})",
                Found = "major version " + string.Join(", ", image.OtherEntryVersions),
            })
            : new PluginEntryMissingException(new PluginFailure($"{path} is not a plugin.")
            {
                Expected = "an exported function np_plugin_entry_v1",
                Found = image.EntryProblem ?? "a library without one",
            });
    }

    public static PluginExecutableStackException ExecutableStack(BinaryImage image) =>
        new(new PluginFailure($"{UntrustedText.Quote(image.Path)} wants an executable stack.")
        {
            Expected = "a library that needs none",
            Found = "no PT_GNU_STACK header, or one with the permission to execute",
        });
}
