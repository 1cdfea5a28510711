namespace NativePlugins.Binary.Model;

/// <summary>A library whose definitions come before those of the library that names it: DT_FILTER, or DT_AUXILIARY, which is optional.</summary>
internal readonly record struct ElfFilter(string Name, bool IsOptional);
