using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Elf;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Diagnosis;

/// <summary>
/// Maps a library's bytes as code, as the system's loader tried to, and unmaps them again, to learn the system's own reason. None of its
/// code runs.
/// </summary>
internal static partial class MappingProbe
{
    private const int ReadAndExecute = 1 | 4; // PROT_READ | PROT_EXEC
    private const int Private = 2;            // MAP_PRIVATE
    private const int AddressSpaceLimit = 9;  // RLIMIT_AS
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
            return number == OutOfMemory ? ProcessFailures.AddressSpace(image, size, ReadStatus("VmSize:") * 1024, ReadLimit())
                : number is 1 or 13 ? ProcessFailures.SecurityPolicy(image, new FileError(FileErrorKind.AccessDenied, number), FindPolicies())
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>From the first address to the last, in bytes.</summary>
    private static ulong? SpanOf(BinaryImage image)
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

    private static ulong? ReadLimit()
    {
        Span<ulong> limit = stackalloc ulong[2];
        return getrlimit(AddressSpaceLimit, limit) == 0 && limit[0] != ulong.MaxValue ? limit[0] : null;
    }

    /// <summary>The security policies that are known to be in force for this process.</summary>
    private static string FindPolicies()
    {
        string seccomp = ReadStatus("Seccomp:") is > 0 ? "; a seccomp filter is in force" : string.Empty;
        string label = "/proc/self/attr/current";
        string context = File.Exists(label) ? UntrustedText.Escape(File.ReadAllText(label).TrimEnd('\0', '\n')) : string.Empty;
        return seccomp + (context.Length > 0 ? $"; the process runs as {context}" : string.Empty);
    }

    private static ulong? ReadStatus(string field)
    {
        string? line = File.ReadLines("/proc/self/status").FirstOrDefault(each => each.StartsWith(field, StringComparison.Ordinal));
        return ulong.TryParse(line?[field.Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : null;
    }

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int munmap(nint address, nuint length);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int getrlimit(int resource, Span<ulong> limit);
}
