namespace NativePlugins.Host.Platform;

/// <summary>How much address space a process may have, in bytes.</summary>
/// <param name="Limit">RLIMIT_AS.</param>
/// <param name="Used">How much the process has taken.</param>
/// <param name="Thread">How much a new thread takes, for its stack and for what it allocates.</param>
internal readonly record struct AddressSpaceLimit(ulong Limit, ulong Used, ulong Thread);
