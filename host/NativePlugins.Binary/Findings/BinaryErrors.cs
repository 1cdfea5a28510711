namespace NativePlugins.Binary.Findings;

/// <summary>The kinds of problems that the bytes of a file can show, by themselves or in this process.</summary>
internal static class BinaryErrors
{
    public static BinaryError NotFound { get; } = new("NP1001",
        "No such file",
        "There is no file at that path.",
        "Check the path.");

    public static BinaryError DirectoryNotTrusted { get; } = new("NP1004",
        "Others may write to the directory",
        "A library that the file needs, or the directory in which it lies, may be written to by users other than its owner and the administrator.",
        "Take the permission away (chmod go-w; on Windows icacls DIRECTORY /inheritance:d, then /remove:g who may not), or allow it in the options: AllowUntrustedDirectories.");

    public static BinaryError Name { get; } = new("NP1005",
        "Not a path",
        "The path is not UTF-8, as a file's name on Unix may be: .NET cannot open such a file.",
        "Rename what is not UTF-8.");

    public static BinaryError EntryMissing { get; } = new("NP2007",
        "It does not export the function that was asked for",
        "The library does not export the function by which its kind is known.",
        "Check that the function is exported (visibility, extern \"C\"), or name another library.");

    public static BinaryError AbiVersion { get; } = new("NP2008",
        "It exports another version of the function that was asked for",
        "The library exports a function of the same name with another version in it.",
        "Use a build for the version that was asked for.");

    public static BinaryError NotRegularFile { get; } = new("NP2001",
        "Not a regular file",
        "The path leads to a directory, a pipe, a device or a socket. Only regular files are opened.",
        "Name the library itself.");

    public static BinaryError FileTooShort { get; } = new("NP2002",
        "The file is too short",
        "The file ends before the header of a library does, or before something that its header says is in it. It may have been cut short by a copy or a build that did not finish.",
        "Build or copy the library again.");

    public static BinaryError Format { get; } = new("NP2003",
        "Not a library",
        "The file does not begin like an ELF, Mach-O or PE file.",
        "Name the library itself, not a file that belongs to it.");

    public static BinaryError Malformed { get; } = new("NP2004",
        "The library is malformed",
        "A field of the file has a value that no linker writes, and the system's loader could crash on it.",
        "Build or copy the library again.");

    public static BinaryError Kind { get; } = new("NP2005",
        "Not a shared library",
        "The file is an executable, an object file or a core dump, not a shared library.",
        "Link it as a shared library (-shared).");

    public static BinaryError Architecture { get; } = new("NP2006",
        "Built for another machine",
        "The library was built for another operating system, processor, pointer size or byte order than this process's.",
        "Use the library's build for this system.");

    public static BinaryError FileAccess { get; } = new("NP2009",
        "The file cannot be read",
        "The system refused to open or read the file.",
        "See the system's reason under 'found'.");

    public static BinaryError ExecutableStack { get; } = new("NP2010",
        "It wants an executable stack",
        "The library has no PT_GNU_STACK header, or one that asks for an executable stack. Loading it would make the stacks of the whole process executable, which turns every overflow of a buffer into a way in. An assembler source without a .note.GNU-stack section is what usually causes it.",
        "Link it with -Wl,-z,noexecstack, or allow it in the options: AllowExecutableStack.");

    public static BinaryError CodeSignature { get; } = new("NP2011",
        "Its code signature is missing or does not fit",
        "macOS runs no code on arm64 that is not signed, and on every Mac it ends a process that touches a page of a signed library whose bytes are not those that were signed. The library was not loaded.",
        "Sign it again after whatever changed it: codesign --force --sign - LIBRARY. The linker signs for arm64 by itself; install_name_tool and strip of Xcode sign again what they change, other tools may not.");

    public static BinaryError NotOpenable { get; } = new("NP2012",
        "It forbids to be opened",
        "The library, or one that it needs, is marked so that only a program that was linked with it may use it (-z nodlopen, DF_1_NOOPEN). The system's loader opens no such library while a program runs.",
        "Link it without -Wl,-z,nodlopen.");

    public static BinaryError ProcessorLevel { get; } = new("NP2013",
        "Built for a newer processor",
        "The library, or one that it needs, says that it needs instructions which this processor does not have, or which the system does not let programs use. The system's loader refuses it.",
        "Use a build for an older processor (-march=x86-64, without -Wl,-z,x86-64-v3 or -v4), or a machine that has the instructions.");

    public static BinaryError PackedRelocations { get; } = new("NP2014",
        "Its packed relocations are not announced",
        "The library, or one that it needs, has relocations in the packed form DT_RELR and does not ask the C library for the version GLIBC_ABI_DT_RELR. glibc refuses it, so that an older one, which knows no such relocations, does not run it unrelocated.",
        "Link with -Wl,-z,pack-relative-relocs (GNU ld 2.38, lld 17), which asks for the version, or without packed relocations.");

    public static BinaryError CurrentDirectory { get; } = new("NP2015",
        "The current directory decides what it loads",
        "A library that it needs is looked for in a relative place: an empty or relative element of DT_RUNPATH, DT_RPATH or LD_LIBRARY_PATH, or a relative path in DT_NEEDED. Whoever chooses the current directory would choose the code that runs.",
        "Link with -Wl,-rpath,'$ORIGIN' instead of a relative directory, and give libraries a SONAME without a slash; take empty and relative elements out of LD_LIBRARY_PATH.");

    public static BinaryError DependencyBroken { get; } = new("NP2016",
        "A library that it needs cannot be loaded",
        "The first file that the system's loader finds under the name of a needed library is none that can be loaded: cut short, malformed, a directory, a pipe. The loader stops there and looks no further; at a pipe it would wait for ever.",
        "Remove the file or replace it with the library, or take its directory out of the search path.");

    public static BinaryError DependencyMissing { get; } = new("NP3001",
        "A library that it needs is missing",
        "The library names another one that is in none of the places where the system's loader looks.",
        "Install the library, or put it beside the one that needs it, and link that one with -Wl,-rpath,'$ORIGIN'.");

    public static BinaryError SymbolMissing { get; } = new("NP3002",
        "A symbol that it needs is missing",
        "The library uses a function or variable that none of the libraries it names defines, or not in that version.",
        "Link the library that defines it, or install the version of the library that it was built with.");

    public static BinaryError MountNoExec { get; } = new("NP3003",
        "The file system does not allow code",
        "The library lies on a file system that is mounted with noexec: nothing on it may be mapped as code.",
        "Move the library to another file system, or mount this one with exec.");

    public static BinaryError StaticTls { get; } = new("NP3007",
        "No room for its static thread-local data",
        "The library, or one that it needs, has thread-local variables that must lie in the block which every thread gets when it starts (the model initial-exec). What the system's loader keeps free there for libraries that are opened later is used up, or was never enough.",
        "Compile the library with -ftls-model=global-dynamic, or start the application with a greater surplus: GLIBC_TUNABLES=glibc.rtld.optional_static_tls=BYTES.");

    public static BinaryError SecurityPolicy { get; } = new("NP3008",
        "A policy of the system forbids its code",
        "The system let the library be read, and refused to map its code: a rule of SELinux, AppArmor, seccomp, a sandbox or a service manager.",
        "See which rule refused it in the system's audit log (ausearch -m avc, journalctl -k), and allow this process to map code from the library's directory.");

    public static BinaryError AddressSpace { get; } = new("NP3009",
        "Not enough address space",
        "The process may have only so much address space (RLIMIT_AS, which `ulimit -v` and some batch systems and containers set), or the system commits no more memory. The library could not be mapped, or what is left is less than the .NET runtime in it reserves for its garbage collector when it is first called: that runtime would end the process. A reservation takes no memory, but it counts.",
        "Raise the limit (ulimit -v unlimited, LimitAS= of a systemd unit), or load less into one process.");

    public static BinaryError CLibrary { get; } = new("NP3014",
        "Built for another C library",
        "The library was linked with another C library than the one that this process runs on: with musl, as on Alpine Linux, where the process runs on glibc, or the other way round. Two of them in one process each keep memory, threads and errno of their own, and the process crashes.",
        "Use the library's build for this system, or build it here; in a .NET project the runtime identifier says it (linux-x64, linux-musl-x64).");
}
