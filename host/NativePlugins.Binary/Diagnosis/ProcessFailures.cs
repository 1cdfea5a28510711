using System.Globalization;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Diagnosis;

/// <summary>Writes the refusals of a library because of what the process or its system does not give it.</summary>
internal static class ProcessFailures
{
    /// <param name="image">The library that is to be loaded.</param>
    /// <param name="onMount">The library that lies on that file system: <paramref name="image"/>, or one that it needs.</param>
    /// <param name="mountPoint">Where the file system is mounted.</param>
    public static BinaryReason NoExec(BinaryImage image, BinaryImage onMount, string mountPoint) =>
        new(BinaryErrors.MountNoExec, ReferenceEquals(image, onMount)
            ? $"{UntrustedText.Quote(image.Path)} lies on a file system that does not allow code."
            : $"{UntrustedText.Quote(image.Path)} needs {UntrustedText.Quote(onMount.Path)}, which lies on a file system that does not allow code.")
        {
            Expected = "a file system that is mounted with exec",
            Found = $"{UntrustedText.Quote(mountPoint)}, mounted with noexec",
        };

    public static BinaryReason StaticTls(BinaryImage image, BinaryStaticTls tls) =>
        new(BinaryErrors.StaticTls, $"{UntrustedText.Quote(image.Path)} needs more static thread-local data than this process has left.")
        {
            Expected = string.Create(CultureInfo.InvariantCulture, $"at most {tls.Left:N0} bytes, which are left in this process, with their alignment"),
            Found = string.Create(CultureInfo.InvariantCulture, $"{tls.Needed:N0} bytes, of it and of what it needs (the model initial-exec)"),
        };

    /// <param name="image">The library that is to be loaded.</param>
    /// <param name="error">What the system answered.</param>
    /// <param name="policies">The policies that are known to be in force.</param>
    public static BinaryReason SecurityPolicy(BinaryImage image, FileError error, IReadOnlyList<string> policies) =>
        new(BinaryErrors.SecurityPolicy, $"The system does not let the code of {UntrustedText.Quote(image.Path)} be mapped.")
        {
            Expected = "a file that may be read, and mapped as code",
            Found = string.Join("; in force: ", [error.Describe(), .. policies.Count > 0 ? [string.Join(", ", policies)] : Array.Empty<string>()]),
        };

    /// <param name="image">The library that is to be loaded.</param>
    /// <param name="size">How much it needs, with what is loaded with it.</param>
    /// <param name="used">How much the process has taken; 0 if that is not known.</param>
    /// <param name="limit">How much it may have; null if nothing limits it.</param>
    public static BinaryReason AddressSpace(BinaryImage image, ulong size, ulong used, ulong? limit) =>
        new(BinaryErrors.AddressSpace, $"There is no address space for {UntrustedText.Quote(image.Path)} in this process.")
        {
            Expected = InvariantText.Of($"{size:N0} bytes of address space"),
            Found = (used > 0 ? InvariantText.Of($"{used:N0} bytes in use") : "an unknown number of bytes in use")
                + (limit is { } most ? InvariantText.Of($" of {most:N0}, the limit (ulimit -v)") : ", and no limit: the system commits no more"),
        };

    /// <param name="image">The library, which has a .NET runtime in it.</param>
    /// <param name="needed">What the runtime reserves in all.</param>
    /// <param name="heap">What of that is the range of its garbage collector.</param>
    /// <param name="room">What the process may have.</param>
    public static BinaryReason RuntimeSpace(BinaryImage image, ulong needed, ulong heap, AddressSpaceRoom room) =>
        new(BinaryErrors.AddressSpace, $"There is not enough address space left for the .NET runtime in {UntrustedText.Quote(image.Path)}.")
        {
            Expected = $"room for {Mebibytes(needed)}, of which {Mebibytes(heap)} are the range of its garbage collector",
            Found = $"a limit of {Mebibytes(room.Limit)} (RLIMIT_AS), of which {Mebibytes(room.Used)} are taken, and no such room in the rest",
        };

    private static string Mebibytes(ulong bytes) => InvariantText.Of($"{bytes / (1UL << 20):N0} MiB");
}
