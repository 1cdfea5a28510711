namespace NativePlugins.Binary.Model;

/// <summary>A library's thread-local data: PT_TLS.</summary>
/// <param name="Size">Of each thread's copy, in bytes.</param>
/// <param name="Alignment">At least 1.</param>
/// <param name="FirstByte">Where in a stretch of that alignment the data begins.</param>
/// <param name="IsStatic">
/// Whether it must lie in the block that every thread gets when it starts, as code or data of the model initial-exec refers to it:
/// DF_STATIC_TLS.
/// </param>
internal readonly record struct ElfTls(ulong Size, ulong Alignment, ulong FirstByte, bool IsStatic);
