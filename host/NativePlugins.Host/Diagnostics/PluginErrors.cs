namespace NativePlugins.Host;

/// <summary>The error catalogue: every cause for which this library refuses a plugin or gives up on one.</summary>
/// <remarks>Codes are stable. NP1 resolution, NP2 the file, NP3 the system's loader, NP4 negotiation, NP5 lifecycle, NP6 configuration.</remarks>
public static class PluginErrors
{
    /// <summary>NP1001: no plugin of that name. Thrown as <see cref="PluginNotFoundException"/>.</summary>
    public static PluginError NotFound { get; } = new("NP1001", 66,
        "No plugin of that name",
        "The name was looked up in the plugin directories, in NATIVE_PLUGINS_PATH, and beside the host, and no regular file there has it. The current directory is never searched. A name with a directory separator is a path and is not searched for.",
        "Check the name with `host list`, or name the directory with --plugin-dir.");

    /// <summary>NP1002: two files fit the name. Thrown as <see cref="PluginAmbiguousException"/>.</summary>
    public static PluginError Ambiguous { get; } = new("NP1002", 64,
        "Two files fit the name",
        "One directory holds two different files that the name could mean, for example libx.so and x.so, and neither is what was typed.",
        "Type the whole file name, or remove one of the files.");

    /// <summary>NP1003: bad element in the search path. Thrown as <see cref="PluginSearchPathException"/>.</summary>
    public static PluginError SearchPath { get; } = new("NP1003", 78,
        "Bad element in the search path",
        "NATIVE_PLUGINS_PATH, a plugin directory of the options or --plugin-dir is empty or relative. Such an element would mean the current directory, from which plugins are never loaded.",
        "Use absolute directories.");

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

    /// <summary>NP1010: not in secure execution. Thrown as <see cref="PluginSecureExecutionException"/>.</summary>
    public static PluginError SecureExecution { get; } = new("NP1010", 77,
        "Not in secure execution",
        "The program runs with rights that the user who started it does not have: it is set-user-id or set-group-id, or has file capabilities. Then it runs, and writes, nothing that this user may choose or change.",
        "Start a copy of the program that has no such rights.");

    /// <summary>NP2001: not a regular file. Thrown as <see cref="PluginNotRegularFileException"/>.</summary>
    public static PluginError NotRegularFile { get; } = new("NP2001", 65,
        "Not a regular file",
        "The path leads to a directory, a pipe, a device or a socket. Only regular files are opened.",
        "Name the library itself.");

    /// <summary>NP2002: the file is too short. Thrown as <see cref="PluginFileTooShortException"/>.</summary>
    public static PluginError FileTooShort { get; } = new("NP2002", 65,
        "The file is too short",
        "The file ends before the header of a library does, or before something that its header says is in it. It may have been cut short by a copy or a build that did not finish.",
        "Build or copy the plugin again.");

    /// <summary>NP2003: not a library. Thrown as <see cref="PluginFormatException"/>.</summary>
    public static PluginError Format { get; } = new("NP2003", 65,
        "Not a library",
        "The file does not begin like an ELF, Mach-O or PE file.",
        "Name the plugin's library, not another file of its.");

    /// <summary>NP2004: the library is malformed. Thrown as <see cref="PluginMalformedException"/>.</summary>
    public static PluginError Malformed { get; } = new("NP2004", 65,
        "The library is malformed",
        "A field of the file has a value that no linker writes, and the system's loader could crash on it.",
        "Build or copy the plugin again.");

    /// <summary>NP2005: not a shared library. Thrown as <see cref="PluginKindException"/>.</summary>
    public static PluginError Kind { get; } = new("NP2005", 65,
        "Not a shared library",
        "The file is an executable, an object file or a core dump, not a shared library.",
        "Link the plugin as a shared library (-shared; a .NET project with the SDK NativePlugins.Sdk does).");

    /// <summary>NP2006: built for another machine. Thrown as <see cref="PluginArchitectureException"/>.</summary>
    public static PluginError Architecture { get; } = new("NP2006", 76,
        "Built for another machine",
        "The library was built for another operating system, processor, pointer size or byte order than the host's.",
        "Use the plugin's build for this system.");

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
    public static PluginError FileAccess { get; } = new("NP2009", 74,
        "The file cannot be read",
        "The system refused to open or read the file.",
        "See the system's reason under 'found'.");

    /// <summary>NP2010: it wants an executable stack. Thrown as <see cref="PluginExecutableStackException"/>.</summary>
    public static PluginError ExecutableStack { get; } = new("NP2010", 77,
        "It wants an executable stack",
        "The library has no PT_GNU_STACK header, or one that asks for an executable stack. Loading it would make the stacks of the whole process executable, which turns every overflow of a buffer into a way in. An assembler source without a .note.GNU-stack section is what usually causes it.",
        "Link the plugin with -Wl,-z,noexecstack, or allow it in the options: AllowExecutableStack.");

    /// <summary>NP2011: its code signature is missing or does not fit. Thrown as <see cref="PluginCodeSignatureException"/>.</summary>
    public static PluginError CodeSignature { get; } = new("NP2011", 77,
        "Its code signature is missing or does not fit",
        "macOS runs no code on arm64 that is not signed, and on every Mac it ends a process that touches a page of a signed library whose bytes are not those that were signed. The library was not loaded.",
        "Sign it again after whatever changed it: codesign --force --sign - LIBRARY. The linker signs for arm64 by itself; install_name_tool and strip of Xcode sign again what they change, other tools may not.");

    /// <summary>NP2012: it forbids to be opened. Thrown as <see cref="PluginNotOpenableException"/>.</summary>
    public static PluginError NotOpenable { get; } = new("NP2012", 65,
        "It forbids to be opened",
        "The library, or one that it needs, is marked so that only a program that was linked with it may use it (-z nodlopen, DF_1_NOOPEN). The system's loader opens no such library while a program runs.",
        "Link it without -Wl,-z,nodlopen.");

    /// <summary>NP2013: built for a newer processor. Thrown as <see cref="PluginProcessorLevelException"/>.</summary>
    public static PluginError ProcessorLevel { get; } = new("NP2013", 76,
        "Built for a newer processor",
        "The library, or one that it needs, says that it needs instructions which this processor does not have, or which the system does not let programs use. The system's loader refuses it.",
        "Use a build for an older processor (-march=x86-64, without -Wl,-z,x86-64-v3 or -v4), or a machine that has the instructions.");

    /// <summary>NP2014: its packed relocations are not announced. Thrown as <see cref="PluginPackedRelocationsException"/>.</summary>
    public static PluginError PackedRelocations { get; } = new("NP2014", 65,
        "Its packed relocations are not announced",
        "The library, or one that it needs, has relocations in the packed form DT_RELR and does not ask the C library for the version GLIBC_ABI_DT_RELR. glibc refuses it, so that an older one, which knows no such relocations, does not run it unrelocated.",
        "Link with -Wl,-z,pack-relative-relocs (GNU ld 2.38, lld 17), which asks for the version, or without packed relocations.");

    /// <summary>NP2015: the current directory decides what it loads. Thrown as <see cref="PluginCurrentDirectoryException"/>.</summary>
    public static PluginError CurrentDirectory { get; } = new("NP2015", 77,
        "The current directory decides what it loads",
        "A library that it needs is looked for in a relative place: an empty or relative element of DT_RUNPATH, DT_RPATH or LD_LIBRARY_PATH, or a relative path in DT_NEEDED. Whoever chooses the current directory would choose the code that runs.",
        "Link with -Wl,-rpath,'$ORIGIN' instead of a relative directory, and give libraries a SONAME without a slash; take empty and relative elements out of LD_LIBRARY_PATH.");

    /// <summary>NP2016: a library that it needs cannot be loaded. Thrown as <see cref="PluginDependencyBrokenException"/>.</summary>
    public static PluginError DependencyBroken { get; } = new("NP2016", 69,
        "A library that it needs cannot be loaded",
        "The first file that the system's loader finds under the name of a needed library is none that can be loaded: cut short, malformed, a directory, a pipe. The loader stops there and looks no further; at a pipe it would wait for ever.",
        "Remove the file or replace it with the library, or take its directory out of the search path.");

    /// <summary>NP3001: a library that it needs is missing. Thrown as <see cref="PluginDependencyMissingException"/>.</summary>
    public static PluginError DependencyMissing { get; } = new("NP3001", 69,
        "A library that it needs is missing",
        "The plugin names a library that is in none of the places where the system's loader looks.",
        "Install the library, or put it beside the plugin, link with -Wl,-rpath,'$ORIGIN', and list it under \"files\" in the plugin's manifest.");

    /// <summary>NP3002: a symbol that it needs is missing. Thrown as <see cref="PluginSymbolMissingException"/>.</summary>
    public static PluginError SymbolMissing { get; } = new("NP3002", 69,
        "A symbol that it needs is missing",
        "The plugin uses a function or variable that none of the libraries it names defines, or not in that version.",
        "Link the library that defines it, or install the version of the library that the plugin was built with.");

    /// <summary>NP3003: the file system does not allow code. Thrown as <see cref="PluginMountNoExecException"/>.</summary>
    public static PluginError MountNoExec { get; } = new("NP3003", 77,
        "The file system does not allow code",
        "The library lies on a file system that is mounted with noexec: nothing on it may be mapped as code.",
        "Move the plugin to another file system, or mount this one with exec.");

    /// <summary>NP3004: the system's loader refused it. Thrown as <see cref="PluginLoaderRefusedException"/>.</summary>
    public static PluginError LoaderRefused { get; } = new("NP3004", 70,
        "The system's loader refused it",
        "All checks passed, and the system's loader still did not load the library.",
        "See the loader's own words under 'found'.");

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

    /// <summary>NP3007: no room for its static thread-local data. Thrown as <see cref="PluginStaticTlsException"/>.</summary>
    public static PluginError StaticTls { get; } = new("NP3007", 71,
        "No room for its static thread-local data",
        "The library, or one that it needs, has thread-local variables that must lie in the block which every thread gets when it starts (the model initial-exec). What the system's loader keeps free there for libraries that are opened later is used up, or was never enough.",
        "Compile the library with -ftls-model=global-dynamic, or start the application with a greater surplus: GLIBC_TUNABLES=glibc.rtld.optional_static_tls=BYTES.");

    /// <summary>NP3008: a policy of the system forbids its code. Thrown as <see cref="PluginSecurityPolicyException"/>.</summary>
    public static PluginError SecurityPolicy { get; } = new("NP3008", 77,
        "A policy of the system forbids its code",
        "The system let the library be read, and refused to map its code: a rule of SELinux, AppArmor, seccomp, a sandbox or a service manager.",
        "See which rule refused it in the system's audit log (ausearch -m avc, journalctl -k), and allow this process to map code from the plugin's directory.");

    /// <summary>NP3009: not enough address space. Thrown as <see cref="PluginAddressSpaceException"/>.</summary>
    public static PluginError AddressSpace { get; } = new("NP3009", 71,
        "Not enough address space",
        "The process may have only so much address space (RLIMIT_AS, which `ulimit -v` and some batch systems and containers set), or the system commits no more memory. The library could not be mapped, or what is left is less than the .NET runtime in it reserves for its garbage collector when it is first called: that runtime would end the process. A reservation takes no memory, but it counts.",
        "Raise the limit (ulimit -v unlimited, LimitAS= of a systemd unit), load fewer plugins into one process, or build a plugin in C# with a smaller NativePluginGCRegionRange.");

    /// <summary>NP3013: it would share variables with another library. Thrown as <see cref="PluginUniqueSymbolException"/>.</summary>
    public static PluginError UniqueSymbol { get; } = new("NP3013", 76,
        "It would share variables with another library",
        "g++ gives inline variables, statics of inline functions and static members of templates the binding STB_GNU_UNIQUE when they are visible. The system's loader takes the first definition of such a name in the process for every library that has one, and never unloads the library that has it. A new build would go on with the variables of the old one, and a larger one would write past a smaller one's.",
        "Compile the plugin with -fno-gnu-unique, as the CMake package of NativePlugins does, or with clang. Hidden visibility (-fvisibility=hidden) hides what is the plugin's own, and not what comes from the C++ library's headers. Or allow it in the options: AllowSharedSymbols. `host inspect` shows the names.");

    /// <summary>NP3014: built for another C library. Thrown as <see cref="PluginCLibraryException"/>.</summary>
    public static PluginError CLibrary { get; } = new("NP3014", 76,
        "Built for another C library",
        "The library was linked with another C library than the one that this process runs on: with musl, as on Alpine Linux, where the process runs on glibc, or the other way round. Two of them in one process each keep memory, threads and errno of their own, and the process crashes.",
        "Use the plugin's build for this system, or build it here; in a .NET project the runtime identifier says it (linux-x64, linux-musl-x64).");

    /// <summary>NP3017: a library holds the system's loader. Thrown as <see cref="PluginLoaderHeldException"/>.</summary>
    public static PluginError LoaderHeld { get; } = new("NP3017", 75,
        "A library holds the system's loader",
        "The system's loader runs one library's constructors and destructors at a time, and those of the library that the error names have not returned within the deadline. Until they do, no library can be loaded or closed in this process, and exit(3) waits for them; under CoreCLR no thread can be begun either. Calls into plugins that are loaded go on.",
        "Find out what the library's constructors or destructors wait for, or raise the deadline (--timeout). An application ends such a process with PluginHost.EndProcess; `host` does so by itself.");

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

    /// <summary>NP4003: library and manifest disagree. Thrown as <see cref="PluginManifestMismatchException"/>.</summary>
    public static PluginError ManifestMismatch { get; } = new("NP4003", 76,
        "Library and manifest disagree",
        "The manifest beside the library says something else than the library itself: the two are not from one build.",
        "Copy both files of one build, or write the manifest anew with `host manifest`.");

    /// <summary>NP4004: the manifest cannot be read. Thrown as <see cref="PluginManifestException"/>.</summary>
    public static PluginError Manifest { get; } = new("NP4004", 65,
        "The manifest cannot be read",
        "The file beside the library, libX.plugin.json, is not JSON, is too large, or lacks what a manifest must say.",
        "Write it anew with `host manifest`, or delete it: a plugin runs without one.");

    /// <summary>NP4005: the plugin does not offer the service. Thrown as <see cref="PluginServiceMissingException"/>.</summary>
    public static PluginError ServiceMissing { get; } = new("NP4005", 76,
        "The plugin does not offer the service",
        "The plugin was asked for a service that it does not have, for example np.command/1 when it should be run as a command.",
        "Use a plugin that offers it.");

    /// <summary>NP4006: the plugin offers another contract under that id. Thrown as <see cref="PluginContractMismatchException"/>.</summary>
    public static PluginError ContractMismatch { get; } = new("NP4006", 76,
        "The plugin offers another contract under that id",
        "The application and the plugin were compiled with interfaces or headers of one id that differ in a member: its name, its place, a type or a layout. Calling it would read and write the wrong memory, so no call was made.",
        "Build both with the same contract. What has shipped must not change: append members with a later minor version, or give a changed contract the next major version.");

    /// <summary>NP4010: the application needs another version. Thrown as <see cref="PluginRequirementException"/>.</summary>
    public static PluginError Requirement { get; } = new("NP4010", 76,
        "The application needs another version",
        "The application cannot do without a plugin, and has said which versions will do. The first plugin of that id in the search path is of another version.",
        "Install a version of the plugin that fits, or take the wrong one out of the search path.");

    /// <summary>NP5001: the plugin could not be created. Thrown as <see cref="PluginCreateFailedException"/>.</summary>
    public static PluginError CreateFailed { get; } = new("NP5001", 70,
        "The plugin could not be created",
        "The plugin's entry or create returned an error. Nothing of the plugin is running.",
        "See the plugin's own words under 'found'.");

    /// <summary>NP5002: the plugin could not be started. Thrown as <see cref="PluginStartFailedException"/>.</summary>
    public static PluginError StartFailed { get; } = new("NP5002", 70,
        "The plugin could not be started",
        "The plugin's start returned an error. It was destroyed again.",
        "See the plugin's own words under 'found'.");

    /// <summary>NP5003: the plugin failed in a call. Thrown as <see cref="PluginFaultException"/>.</summary>
    public static PluginError Fault { get; } = new("NP5003", 70,
        "The plugin failed in a call",
        "A call into the plugin ended with an error status, or with an exception that was stopped at the boundary.",
        "See the plugin's own words under 'found', and report them to the plugin's author.");

    /// <summary>NP5004: the plugin did not answer in time. Thrown as <see cref="PluginDeadlineException"/>.</summary>
    public static PluginError DeadlinePassed { get; } = new("NP5004", 75,
        "The plugin did not answer in time",
        "A call into the plugin's entry, create, start, get_service or stop, or one that a reload makes, took longer than the deadline. The call cannot be interrupted: the plugin, or in a reload its new generation, is put in quarantine, and no further call is made to it. If a reload asked the generation that serves, or it was get_service that did not return, that one goes on, and is neither replaced nor stopped.",
        "Raise the deadline (--timeout), or find out what the plugin waits for.");

    /// <summary>NP5005: not possible in the plugin's state. Thrown as <see cref="PluginStateException"/>.</summary>
    public static PluginError InvalidState { get; } = new("NP5005", 70,
        "Not possible in the plugin's state",
        "The plugin is stopped, disposed, in quarantine, or has not been started, and the call needs it to run.",
        "Load the plugin again, or start it first.");

    /// <summary>NP5006: calls into the plugin did not end in time. Thrown as <see cref="PluginBusyException"/>.</summary>
    public static PluginError Busy { get; } = new("NP5006", 75,
        "Calls into the plugin did not end in time",
        "The plugin should have stopped, and calls into it were still running when the deadline passed. It goes on; when it was disposed of, it is in quarantine.",
        "Cancel or await the calls before disposing of the plugin, or raise the deadline.");

    /// <summary>NP6001: a setting is missing or has a bad value. Thrown as <see cref="PluginConfigurationException"/>.</summary>
    public static PluginError SettingMissing { get; } = new("NP6001", 78,
        "A setting is missing or has a bad value",
        "The plugin refused its configuration: the section Plugins:<id> lacks a key that it needs, or has a value that it cannot use.",
        "Set the key, with --set KEY=VALUE or in the file of --config.");

    /// <summary>NP7001: the plugin could not be staged. Thrown as <see cref="PluginStagingException"/>.</summary>
    public static PluginError Staging { get; } = new("NP7001", 74,
        "The plugin could not be staged",
        "A reloadable plugin runs from a private copy of its files, and the copy could not be made: the staging directory cannot be made or trusted, or a file of the plugin's cannot be read.",
        "See the reason under 'found'; PluginReloadOptions.StagingDirectory names another place.");

    /// <summary>NP7002: the staging directory cannot be written to. Thrown as <see cref="PluginStagingReadOnlyException"/>.</summary>
    public static PluginError StagingReadOnly { get; } = new("NP7002", 74,
        "The staging directory cannot be written to",
        "A reloadable plugin runs from a private copy of its files, and the file system for the copies is mounted read-only.",
        "Name a place on another file system: PluginReloadOptions.StagingDirectory.");

    /// <summary>NP7003: there is no room to stage the plugin. Thrown as <see cref="PluginStagingFullException"/>.</summary>
    public static PluginError StagingFull { get; } = new("NP7003", 74,
        "There is no room to stage the plugin",
        "A reloadable plugin runs from a private copy of its files, and the file system for the copies is full, or the user's share of it.",
        "Make room, or name a place on another file system: PluginReloadOptions.StagingDirectory.");

    /// <summary>NP7004: the plugin's files changed while they were staged. Thrown as <see cref="PluginSourceChangedException"/>.</summary>
    public static PluginError SourceChanged { get; } = new("NP7004", 75,
        "The plugin's files changed while they were staged",
        "A file of the plugin's was written to or replaced while it was copied: the copy may be half of the old one and half of the new.",
        "Reload when the files are complete. A build that replaces them by rename avoids it.");

    /// <summary>NP7005: another library is loaded under that name. Thrown as <see cref="PluginDependencyConflictException"/>.</summary>
    public static PluginError DependencyConflict { get; } = new("NP7005", 76,
        "Another library is loaded under that name",
        "The plugin brings a library whose SONAME is already loaded in this process, from a file with other bytes. The system's loader would use the loaded one in its place.",
        "Link the library into the plugin statically, give it a SONAME with a version in it, or restart the application.");

    /// <summary>NP7006: the state did not reach the new generation. Thrown as <see cref="PluginStateTransferException"/>.</summary>
    public static PluginError StateTransfer { get; } = new("NP7006", 70,
        "The state did not reach the new generation",
        "The old generation could not save its state (np.state/1), or the new one refused it or offers no np.state/1. The old generation goes on.",
        "See the plugin's own words under 'found'. PluginReloadOptions.AllowStateLoss allows a new generation without np.state/1.");

    /// <summary>NP7007: the application did not want the reload. Thrown as <see cref="PluginReloadVetoedException"/>.</summary>
    public static PluginError ReloadVetoed { get; } = new("NP7007", 77,
        "The application did not want the reload",
        "A handler of the plugin's event Reloading cancelled the reload. The old generation goes on.",
        "Reload later.");

    /// <summary>NP7008: the plugin is being reloaded. Thrown as <see cref="PluginReloadingException"/>.</summary>
    public static PluginError Reloading { get; } = new("NP7008", 75,
        "The plugin is being reloaded",
        "The call arrived while the plugin was being replaced, and did not wait until that was over: PluginReloadOptions.CallPatience ended, or the caller is itself inside a call into a plugin, where waiting could last for ever.",
        "Call again.");

    /// <summary>NP7009: the plugin was not loaded to be reloaded. Thrown as <see cref="PluginNotReloadableException"/>.</summary>
    public static PluginError NotReloadable { get; } = new("NP7009", 78,
        "The plugin was not loaded to be reloaded",
        "A plugin can be reloaded only where the host's options said so before it was loaded: it then runs from a private copy.",
        "Set PluginHostOptions.Reload.");

    /// <summary>NP7010: it is another plugin. Thrown as <see cref="PluginIdentityException"/>.</summary>
    public static PluginError Identity { get; } = new("NP7010", 76,
        "It is another plugin",
        "The library that should replace a plugin has another id. Settings, data directory and state belong to an id.",
        "Put the library elsewhere and load it as a plugin of its own.");

    /// <summary>NP7015: a library of its own is not listed. Thrown as <see cref="PluginLibraryUnlistedException"/>.</summary>
    public static PluginError LibraryUnlisted { get; } = new("NP7015", 69,
        "A library of its own is not listed",
        "A reloadable plugin runs from a private copy of its files: its library, its manifest, and what that lists. This plugin uses a further library from its own directory, which is not listed, so that the copy would run without it or with another one of its name.",
        "List the library under \"files\" in the plugin's manifest.");

    /// <summary>All entries, in the order of their codes.</summary>
    public static IReadOnlyList<PluginError> All { get; } =
    [
        NotFound, Ambiguous, SearchPath, DirectoryNotTrusted, Name, SecureExecution, NotRegularFile, FileTooShort, Format, Malformed,
        Kind, Architecture, EntryMissing, AbiVersion, FileAccess, ExecutableStack, CodeSignature,
        NotOpenable, ProcessorLevel, PackedRelocations, CurrentDirectory, DependencyBroken, DependencyMissing, SymbolMissing, MountNoExec,
        LoaderRefused, ResidentLimit, ImageReplaced, StaticTls, SecurityPolicy, AddressSpace, UniqueSymbol, CLibrary, LoaderHeld,
        Description, Layout, ManifestMismatch, Manifest, ServiceMissing, ContractMismatch, Requirement, CreateFailed,
        StartFailed, Fault, DeadlinePassed, InvalidState, Busy, SettingMissing,
        Staging, StagingReadOnly, StagingFull, SourceChanged, DependencyConflict, StateTransfer, ReloadVetoed, Reloading,
        NotReloadable, Identity, LibraryUnlisted,
    ];

    /// <summary>Finds an entry by its code, in any case; null if there is none.</summary>
    public static PluginError? Find(string code) =>
        All.FirstOrDefault(error => string.Equals(error.Code, code, StringComparison.OrdinalIgnoreCase));
}
