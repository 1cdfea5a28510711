using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Elf;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Diagnosis;

/// <summary>
/// Maps a library's bytes as code, as the system's loader tried to, and unmaps them again, to learn the system's own reason. None of its
/// code runs.
/// </summary>
internal static partial class MappingProbe
{
    private const int ReadAndExecute = 1 | 4; // PROT_READ | PROT_EXEC
    private const int Private = 2;            // MAP_PRIVATE
    private const int OutOfMemory = 12;       // ENOMEM

    /// <summary>Null if the library can be mapped, or if mapping cannot be tried.</summary>
    public static BinaryReason? Try(BinaryImage image)
    {
        if (FileSystem.Current.LibraryFormat != BinaryFormat.Elf || SpanOf(image) is not { } size)
        {
            return null;
        }

        try
        {
            using SafeFileHandle file = File.OpenHandle(image.Path);
            nint address = mmap(0, (nuint)size, ReadAndExecute, Private, file, 0);
            if (address != -1)
            {
                _ = munmap(address, (nuint)size);
                return null;
            }

            int number = Marshal.GetLastPInvokeError();
            return number == OutOfMemory ? ProcessFailures.AddressSpace(image, size, AddressSpaceRoom.ReadUsed(), AddressSpaceRoom.Measure()?.Limit)
                : number is 1 or 13 ? ProcessFailures.SecurityPolicy(image, new FileError(FileErrorKind.AccessDenied, number), SecurityPolicies.Find())
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>From the first address of a library to its last, in bytes; null if it cannot be read any more.</summary>
    public static ulong? SpanOf(BinaryImage image)
    {
        try
        {
            using BinaryFile file = BinaryFile.Open(image.Path, FileSystem.Current);
            return image.Format == BinaryFormat.Elf && ElfParts.Read(file, ElfHeader.Read(file)).Segments is { } segments ? segments.Span : null;
        }
        catch (BinaryException)
        {
            return null;
        }
    }

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int munmap(nint address, nuint length);
}
