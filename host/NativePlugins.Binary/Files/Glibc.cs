using System.Runtime.InteropServices;

namespace NativePlugins.Binary.Files;

/// <summary>The GNU C library, if this process has it.</summary>
internal static partial class Glibc
{
    /// <summary>For example 2.36; null with another C library or on another system.</summary>
    public static Version? Version { get; } = Read();

    private static Version? Read()
    {
        if (FileSystem.Current.LibraryFormat != BinaryFormat.Elf)
        {
            return null;
        }

        try
        {
            return System.Version.TryParse(Marshal.PtrToStringUTF8(gnu_get_libc_version()), out Version? version) ? version : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport(SystemLibrary.Name)]
    private static partial nint gnu_get_libc_version();
}
