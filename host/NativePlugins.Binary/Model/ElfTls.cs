namespace NativePlugins.Binary.Model;

/// <summary>A library's thread-local data: PT_TLS.</summary>
/// <param name="Size">The size of each thread's copy, in bytes.</param>
/// <param name="Alignment">At least 1.</param>
/// <param name="FirstByte">Where the data begins, counted from an address with that alignment, in bytes.</param>
/// <param name="IsStatic">
/// Whether it must lie in the block that every thread gets when it starts, because code or data uses the model initial-exec for it:
/// DF_STATIC_TLS.
/// </param>
internal readonly record struct ElfTls(ulong Size, ulong Alignment, ulong FirstByte, bool IsStatic);
