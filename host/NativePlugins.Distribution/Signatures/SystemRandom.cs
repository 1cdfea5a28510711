using System.Security.Cryptography;

namespace NativePlugins.Distribution.Signatures;

/// <summary>Random numbers for keys, of the operating system's own source. .NET's need OpenSSL on Linux; this library must run with libc alone.</summary>
internal static class SystemRandom
{
    public static void Fill(Span<byte> bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomNumberGenerator.Fill(bytes);
            return;
        }

        using var source = new FileStream("/dev/urandom", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        source.ReadExactly(bytes);
    }
}
