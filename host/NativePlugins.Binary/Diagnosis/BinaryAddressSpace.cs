namespace NativePlugins.Binary;

/// <summary>Address space in a process that may have only so much of it (RLIMIT_AS, <c>ulimit -v</c>), in bytes.</summary>
/// <param name="Needed">
/// For the library and what would be loaded with it. A NativeAOT library also needs what its runtime reserves when it is first called.
/// </param>
/// <param name="Used">What the process has taken.</param>
/// <param name="Limit">What it may have. Another process may have more or less.</param>
/// <param name="Fits">Whether so much can be reserved now.</param>
public sealed record BinaryAddressSpace(long Needed, long Used, long Limit, bool Fits);
