namespace NativePlugins.Binary;

/// <summary>
/// What of this process, and not of any file, decides whether a library can be loaded. Another process may have other figures and rules.
/// </summary>
public sealed record BinaryProcess
{
    /// <summary>
    /// <c>LD_LIBRARY_PATH</c> as it was when the process started, which is what the system's loader searches; null if it was not set. A value
    /// that was set later does not count.
    /// </summary>
    public string? LibraryPath { get; init; }

    /// <summary>How much address space the library needs; null if the process may have as much as there is.</summary>
    public BinaryAddressSpace? AddressSpace { get; init; }

    /// <summary>
    /// The security policies that are known to be in force: a seccomp filter, a profile of SELinux or AppArmor. Any of them may forbid that
    /// code is mapped (NP3008); only mapping it would tell.
    /// </summary>
    public IReadOnlyList<string> Policies { get; init; } = [];
}
