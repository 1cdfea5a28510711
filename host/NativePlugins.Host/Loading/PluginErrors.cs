using NativePlugins.Binary.Model;
using NativePlugins.Host.Loading;

namespace NativePlugins.Host;

/// <content>The system's loader, and the first calls.</content>
public static partial class PluginErrors
{
    /// <summary>NP3005: too many NativeAOT libraries in the process. Thrown as <see cref="PluginResidentLimitException"/>.</summary>
    public static PluginError ResidentLimit { get; } = new("NP3005", 71,
        "Too many NativeAOT libraries in the process",
        "A NativeAOT library can never be unloaded, and each one takes one of the process's thread keys for good; an eighth of those is left to others. An application on CoreCLR, on Linux, also needs libnative_plugins_signals.so, which comes with the package: without it each library makes the chain of signal handlers longer, until a NullReferenceException, even one that is caught, would overflow CoreCLR's signal stack and end the process. 'expected' says which of the two limits applies.",
        "If the helper is missing, ship it with the application, on a file system that allows code. Else load fewer plugins into one process.");

    /// <summary>NP3006: the library was replaced while it is loaded. Thrown as <see cref="PluginImageReplacedException"/>.</summary>
    public static PluginError ImageReplaced { get; } = new("NP3006", 75,
        "The library was replaced while it is loaded",
        "Another file was loaded under this path earlier in this process, and it is still mapped: the system's loader would hand out the old code. Replacing a library in place, or by rename, does not change what runs.",
        "Restart the application, or give the new build another file name.");

    /// <summary>NP3013: it would share variables with another library. Thrown as <see cref="PluginUniqueSymbolException"/>.</summary>
    public static PluginError UniqueSymbol { get; } = new("NP3013", 76,
        "It would share variables with another library",
        "g++ gives inline variables, statics of inline functions and static members of templates the binding STB_GNU_UNIQUE when they are visible. The system's loader takes the first definition of such a name in the process for every library that has one, and never unloads the library that has it. A new build would go on with the variables of the old one, and a larger one would write past a smaller one's.",
        "Compile the plugin with -fno-gnu-unique, as the CMake package of NativePlugins does, or with clang. Hidden visibility (-fvisibility=hidden) hides what is the plugin's own, and not what comes from the C++ library's headers. Or allow it in the options: AllowSharedSymbols. `host inspect` shows the names.");

    /// <summary>NP4001: the plugin's description is not one. Thrown as <see cref="PluginDescriptionException"/>.</summary>
    public static PluginError Description { get; } = new("NP4001", 76,
        "The plugin's description is not one",
        "What the plugin's entry handed over is not a description of version 1: its magic number, size, pointer size or a text in it is wrong.",
        "Build the plugin with the header native_plugins.h as it is.");

    /// <summary>NP4002: the plugin's structs are laid out differently. Thrown as <see cref="PluginLayoutException"/>.</summary>
    public static PluginError Layout { get; } = new("NP4002", 76,
        "The plugin's structs are laid out differently",
        "The hash of the frozen core layouts in the plugin's description differs from the host's: the two were built from headers that do not agree.",
        "Build the plugin with an unmodified native_plugins.h.");

    /// <summary>NP7005: another library is loaded under that name. Thrown as <see cref="PluginDependencyConflictException"/>.</summary>
    public static PluginError DependencyConflict { get; } = new("NP7005", 76,
        "Another library is loaded under that name",
        "The plugin brings a library whose SONAME is already loaded in this process, from a file with other bytes. The system's loader would use the loaded one in its place.",
        "Link the library into the plugin statically, give it a SONAME with a version in it, or restart the application.");

    /// <summary>NP3004: the system's loader refused it. Thrown as <see cref="PluginLoaderRefusedException"/>.</summary>
    public static PluginError LoaderRefused { get; } = new("NP3004", 70,
        "The system's loader refused it",
        "All checks passed, and the system's loader still did not load the library.",
        "See the loader's own words under 'found'.");

    /// <summary>NP3018: the managed assembly cannot be run. Thrown as <see cref="PluginManagedException"/>.</summary>
    public static PluginError Managed { get; } = new("NP3018", 70,
        "The managed assembly cannot be run",
        "In development a plugin's managed assembly can be loaded in place of the published library. This one is malformed, or an assembly that it references is not beside it.",
        "Build the project again, with what it references copied (CopyLocalLockFileAssemblies). Or publish it, and load the library.");

    private static PluginError[] OfLoading => [ResidentLimit, ImageReplaced, UniqueSymbol, Description, Layout, DependencyConflict, LoaderRefused, Managed];
}
