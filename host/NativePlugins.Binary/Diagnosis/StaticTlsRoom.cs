using System.Runtime.InteropServices;
using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Diagnosis;

/// <summary>
/// The room that is left for libraries that are opened later, in the block of thread-local data that every thread gets when it starts:
/// glibc, elf/dl-reloc.c, "_dl_try_allocate_static_tls". Known for glibc on x86-64, where the data of a library lies below the thread
/// pointer.
/// </summary>
/// <param name="Free">In bytes.</param>
/// <param name="Alignment">The greatest alignment that the data can have.</param>
internal readonly partial record struct StaticTlsRoom(ulong Free, ulong Alignment)
{
    private const int OnlyIfMapped = 4 | 1;  // RTLD_NOLOAD | RTLD_LAZY
    private const int DataOfThisThread = 10; // RTLD_DI_TLS_DATA

    /// <summary>What is left in this process now; null if that cannot be known.</summary>
    public static StaticTlsRoom? Measure()
    {
        if (Glibc.Version is null || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return null;
        }

        try
        {
            return ReadBlock() is var (size, alignment) ? new StaticTlsRoom(size - Math.Min(FindUsed(size), size), alignment) : null;
        }
        catch (EntryPointNotFoundException)
        {
            // Before glibc 2.34 dlinfo is in another library.
            return null;
        }
    }

    /// <summary>What is left after a library's data was placed as the loader does it; null if there is no room for the data.</summary>
    public StaticTlsRoom? Take(in ElfTls tls)
    {
        if (tls.Alignment > Alignment || tls.Size > Free || tls.FirstByte > Free - tls.Size)
        {
            return null;
        }

        ulong steps = (Free - tls.Size - tls.FirstByte) / tls.Alignment;
        return this with { Free = (steps * tls.Alignment) + tls.FirstByte };
    }

    /// <summary>
    /// The size of the block, without the part that the C library itself has at its end. Calls functions that glibc's own parts, and
    /// sanitizers, use.
    /// </summary>
    private static unsafe (ulong Size, ulong Alignment)? ReadBlock()
    {
        nint program = NativeLibrary.GetMainProgramHandle();
        if (!NativeLibrary.TryGetExport(program, "_dl_get_tls_static_info", out nint getInfo)
            || !NativeLibrary.TryGetExport(program, "_thread_db_sizeof_pthread", out nint threadSize))
        {
            return null;
        }

        nuint size = 0;
        nuint alignment = 0;
        ((delegate* unmanaged<nuint*, nuint*, void>)getInfo)(&size, &alignment);
        uint own = *(uint*)threadSize;
        return size > own ? (size - own, alignment) : null;
    }

    /// <summary>How far the data that lies in the block reaches below the thread pointer, in bytes.</summary>
    private static ulong FindUsed(ulong size)
    {
        nint thread = pthread_self();
        ulong used = 0;
        foreach (string? path in LoadedLibraries.Paths().Prepend(null))
        {
            nint handle = dlopen(path, OnlyIfMapped);
            if (handle == 0)
            {
                continue;
            }

            ulong offset = dlinfo(handle, DataOfThisThread, out nint data) == 0 && data != 0 ? (ulong)(thread - data) : 0;
            used = offset <= size ? Math.Max(used, offset) : used;
            _ = dlclose(handle);
        }

        return used;
    }

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint dlopen(string? path, int flags);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int dlclose(nint handle);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int dlinfo(nint handle, int request, out nint result);

    [LibraryImport(SystemLibrary.Name)]
    private static partial nint pthread_self();
}
