using NativePlugins.Binary;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;

namespace NativePlugins.Host.Verification;

/// <summary>The checks of a plugin's library before it is loaded, on its bytes. Thread-safe.</summary>
internal static class PluginPreflight
{
    /// <summary>Reads the file and refuses it unless it is a plugin that this process could load.</summary>
    /// <exception cref="PluginNotFoundException">There is no such file.</exception>
    /// <exception cref="PluginFileAccessException">The system refused to open or read it.</exception>
    /// <exception cref="PluginNotRegularFileException">It is a directory, a pipe, a device or a socket.</exception>
    /// <exception cref="PluginFileTooShortException">It ends before its header does, or before something that its header refers to.</exception>
    /// <exception cref="PluginFormatException">It is neither ELF, nor Mach-O, nor PE.</exception>
    /// <exception cref="PluginArchitectureException">It was built for another machine or system.</exception>
    /// <exception cref="PluginKindException">It is not a shared library.</exception>
    /// <exception cref="PluginCLibraryException">It was linked with another C library than that of this process.</exception>
    /// <exception cref="PluginMalformedException">A field has a value that no linker writes.</exception>
    /// <exception cref="PluginAbiVersionException">It is a plugin of another major version of the ABI.</exception>
    /// <exception cref="PluginEntryMissingException">It does not export a plugin's entry.</exception>
    /// <exception cref="PluginCodeSignatureException">It is for macOS, and is not signed, or was changed after it was signed.</exception>
    /// <exception cref="PluginExecutableStackException">It makes stacks executable, and that is not allowed.</exception>
    /// <exception cref="PluginNotOpenableException">It forbids programs to open it while they run.</exception>
    /// <exception cref="PluginProcessorLevelException">It was built for a newer processor.</exception>
    /// <exception cref="PluginPackedRelocationsException">Its packed relocations are not announced.</exception>
    public static BinaryImage Check(string path, bool allowExecutableStack = false) => Refusals.Read(
        () => Preflight.Check(path, FileSystem.Current, PluginBinary.EntryPoint, allowExecutableStack));

    /// <summary>The same, but a managed assembly passes.</summary>
    public static BinaryImage CheckOrManaged(string path, bool allowExecutableStack) =>
        Refusals.Read(() => Preflight.Read(path, FileSystem.Current)) is { Kind: BinaryKind.ManagedAssembly } assembly
            ? assembly
            : Check(path, allowExecutableStack);
}
