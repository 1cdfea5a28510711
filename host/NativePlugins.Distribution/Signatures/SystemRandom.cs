using System.Runtime.InteropServices;
using NativePlugins.Binary;
using NativePlugins.Binary.Files;

namespace NativePlugins.Distribution.Signatures;

/// <summary>Random numbers for keys, of the operating system's own source. .NET's need OpenSSL on Linux; this library must run with libc alone.</summary>
internal static partial class SystemRandom
{
    // BCRYPT_USE_SYSTEM_PREFERRED_RNG, https://learn.microsoft.com/windows/win32/api/bcrypt/nf-bcrypt-bcryptgenrandom
    private const uint SystemPreferred = 2;

    /// <exception cref="IOException">The system gives none.</exception>
    /// <exception cref="UnauthorizedAccessException">The system lets nobody read its source.</exception>
    public static void Fill(Span<byte> bytes)
    {
        if (FileSystem.Current.LibraryFormat == BinaryFormat.Pe)
        {
            int status = BCryptGenRandom(0, bytes, bytes.Length, SystemPreferred);
            if (status != 0)
            {
                throw new IOException($"BCryptGenRandom: 0x{status:X8}", status);
            }

            return;
        }

        using var source = new FileStream("/dev/urandom", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        source.ReadExactly(bytes);
    }

    [LibraryImport("bcrypt")]
    private static partial int BCryptGenRandom(nint algorithm, Span<byte> buffer, int size, uint flags);
}
