using NativePlugins.Binary.Findings;
using NativePlugins.Host.Loading;

namespace NativePlugins.Host;

/// <content>
/// The library's file, the libraries that it needs, and what this process has for it: the findings of NativePlugins.Binary, under its codes.
/// </content>
public static partial class PluginErrors
{
    /// <summary>NP1001: no plugin of that name. Thrown as <see cref="PluginNotFoundException"/>.</summary>
    public static PluginError NotFound { get; } = new("NP1001", 66,
        "No plugin of that name",
        "The name was looked up in the plugin directories, in NATIVE_PLUGINS_PATH, beside the host, and among the plugins that this user has installed where the application searches those, and no regular file there has it. The current directory is never searched. A name with a directory separator is a path and is not searched for.",
        "Check the name with `host list`, or name the directory with --plugin-dir.");

    /// <summary>NP1004: others may write to the directory. Thrown as <see cref="PluginDirectoryNotTrustedException"/>.</summary>
    public static PluginError DirectoryNotTrusted { get; } = new("NP1004", 77,
        "Others may write to the directory",
        "The directory, or the library in it, may be written to by users other than its owner and the administrator. Whoever can write there can run code as you.",
        "Take the permission away (chmod go-w; on Windows icacls DIRECTORY /inheritance:d, then /remove:g who may not), or allow it in the options: AllowUntrustedDirectories.");

    /// <summary>NP1005: not a name or path. Thrown as <see cref="PluginNameException"/>.</summary>
    public static PluginError Name { get; } = new("NP1005", 64,
        "Not a name or path",
        "What was given for a plugin is empty, contains a NUL character, or is not UTF-8, as a file's name on Unix may be: .NET cannot open such a file.",
        "Rename what is not UTF-8. Give the plugin's name (hello_world) or a path to its library (./libhello_world.so).");

    /// <summary>NP2001: not a regular file. Thrown as <see cref="PluginNotRegularFileException"/>.</summary>
    public static PluginError NotRegularFile { get; } = Of(BinaryErrors.NotRegularFile, 65);

    /// <summary>NP2002: the file is too short. Thrown as <see cref="PluginFileTooShortException"/>.</summary>
    public static PluginError FileTooShort { get; } = Of(BinaryErrors.FileTooShort, 65);

    /// <summary>NP2003: not a library. Thrown as <see cref="PluginFormatException"/>.</summary>
    public static PluginError Format { get; } = Of(BinaryErrors.Format, 65);

    /// <summary>NP2004: the library is malformed. Thrown as <see cref="PluginMalformedException"/>.</summary>
    public static PluginError Malformed { get; } = Of(BinaryErrors.Malformed, 65);

    /// <summary>NP2005: not a shared library. Thrown as <see cref="PluginKindException"/>.</summary>
    public static PluginError Kind { get; } = new("NP2005", 65,
        "Not a shared library",
        "The file is an executable, an object file or a core dump, not a shared library.",
        "Link the plugin as a shared library (-shared; a .NET project with the SDK NativePlugins.Sdk does).");

    /// <summary>NP2006: built for another machine. Thrown as <see cref="PluginArchitectureException"/>.</summary>
    public static PluginError Architecture { get; } = Of(BinaryErrors.Architecture, 76);

    /// <summary>NP2007: not a plugin. Thrown as <see cref="PluginEntryMissingException"/>.</summary>
    public static PluginError EntryMissing { get; } = new("NP2007", 65,
        "Not a plugin",
        "The library does not export the function that makes it a plugin, np_plugin_entry_v1. It was not loaded.",
        "Check that the entry is exported (visibility, extern \"C\"), or name another library.");

    /// <summary>NP2008: another major version of the ABI. Thrown as <see cref="PluginAbiVersionException"/>.</summary>
    public static PluginError AbiVersion { get; } = new("NP2008", 76,
        "Another major version of the ABI",
        "The plugin was built for another major version of the NativePlugins ABI than this host speaks.",
        "Use a host that speaks the plugin's version, or build the plugin with an SDK of the host's.");

    /// <summary>NP2009: the file cannot be read. Thrown as <see cref="PluginFileAccessException"/>.</summary>
    public static PluginError FileAccess { get; } = Of(BinaryErrors.FileAccess, 74);

    /// <summary>NP2010: it wants an executable stack. Thrown as <see cref="PluginExecutableStackException"/>.</summary>
    public static PluginError ExecutableStack { get; } = Of(BinaryErrors.ExecutableStack, 77);

    /// <summary>NP2011: its code signature is missing or does not fit. Thrown as <see cref="PluginCodeSignatureException"/>.</summary>
    public static PluginError CodeSignature { get; } = Of(BinaryErrors.CodeSignature, 77);

    /// <summary>NP2012: it forbids to be opened. Thrown as <see cref="PluginNotOpenableException"/>.</summary>
    public static PluginError NotOpenable { get; } = Of(BinaryErrors.NotOpenable, 65);

    /// <summary>NP2013: built for a newer processor. Thrown as <see cref="PluginProcessorLevelException"/>.</summary>
    public static PluginError ProcessorLevel { get; } = Of(BinaryErrors.ProcessorLevel, 76);

    /// <summary>NP2014: its packed relocations are not announced. Thrown as <see cref="PluginPackedRelocationsException"/>.</summary>
    public static PluginError PackedRelocations { get; } = Of(BinaryErrors.PackedRelocations, 65);

    /// <summary>NP2015: the current directory decides what it loads. Thrown as <see cref="PluginCurrentDirectoryException"/>.</summary>
    public static PluginError CurrentDirectory { get; } = Of(BinaryErrors.CurrentDirectory, 77);

    /// <summary>NP2016: a library that it needs cannot be loaded. Thrown as <see cref="PluginDependencyBrokenException"/>.</summary>
    public static PluginError DependencyBroken { get; } = Of(BinaryErrors.DependencyBroken, 69);

    /// <summary>NP3001: a library that it needs is missing. Thrown as <see cref="PluginDependencyMissingException"/>.</summary>
    public static PluginError DependencyMissing { get; } = new("NP3001", 69,
        "A library that it needs is missing",
        "The plugin names a library that is in none of the places where the system's loader looks.",
        "Install the library, or put it beside the plugin, link with -Wl,-rpath,'$ORIGIN', and list it under \"files\" in the plugin's manifest.");

    /// <summary>NP3002: a symbol that it needs is missing. Thrown as <see cref="PluginSymbolMissingException"/>.</summary>
    public static PluginError SymbolMissing { get; } = Of(BinaryErrors.SymbolMissing, 69);

    /// <summary>NP3003: the file system does not allow code. Thrown as <see cref="PluginMountNoExecException"/>.</summary>
    public static PluginError MountNoExec { get; } = Of(BinaryErrors.MountNoExec, 77);

    /// <summary>NP3007: no room for its static thread-local data. Thrown as <see cref="PluginStaticTlsException"/>.</summary>
    public static PluginError StaticTls { get; } = Of(BinaryErrors.StaticTls, 71);

    /// <summary>NP3008: a policy of the system forbids its code. Thrown as <see cref="PluginSecurityPolicyException"/>.</summary>
    public static PluginError SecurityPolicy { get; } = Of(BinaryErrors.SecurityPolicy, 77);

    /// <summary>NP3009: not enough address space. Thrown as <see cref="PluginAddressSpaceException"/>.</summary>
    public static PluginError AddressSpace { get; } = new("NP3009", 71,
        "Not enough address space",
        "The process may have only so much address space (RLIMIT_AS, which `ulimit -v` and some batch systems and containers set), or the system commits no more memory. The library could not be mapped, or what is left is less than the .NET runtime in it reserves for its garbage collector when it is first called: that runtime would end the process. A reservation takes no memory, but it counts.",
        "Raise the limit (ulimit -v unlimited, LimitAS= of a systemd unit), load fewer plugins into one process, or build a plugin in C# with a smaller NativePluginGCRegionRange.");

    /// <summary>NP3014: built for another C library. Thrown as <see cref="PluginCLibraryException"/>.</summary>
    public static PluginError CLibrary { get; } = Of(BinaryErrors.CLibrary, 76);

    private static PluginError Of(BinaryError error, int exitCode) => new(error.Code, exitCode, error.Title, error.Explanation, error.Advice);

    private static PluginError[] OfVerification => [NotFound, DirectoryNotTrusted, Name, NotRegularFile, FileTooShort, Format, Malformed, Kind, Architecture, EntryMissing, AbiVersion, FileAccess, ExecutableStack, CodeSignature, NotOpenable, ProcessorLevel, PackedRelocations, CurrentDirectory, DependencyBroken, DependencyMissing, SymbolMissing, MountNoExec, StaticTls, SecurityPolicy, AddressSpace, CLibrary];
}
