namespace NativePlugins.Host;

/// <summary>
/// What one generation of a plugin takes of the process, as far as the system can tell: null where it cannot. See
/// <see cref="Plugin.MeasureGenerations"/>.
/// </summary>
/// <remarks>
/// What is mapped is known on Linux only, from <c>/proc/self/smaps</c> (proc_pid_smaps(5)): the mappings of the library and
/// of the private libraries that were staged with it. What their code has allocated is not in it; a heap belongs to the
/// process, or to a runtime, and the system does not say whose each page is.
/// </remarks>
/// <param name="Generation">
/// Its number, from 1. One that was refused and stays mapped bears the number of the one that came after it, too.
/// </param>
/// <param name="Retired">What became of its library when it was retired or refused; null while it serves.</param>
/// <param name="Mappings">How many mappings there are of its files.</param>
/// <param name="MappedBytes">How many bytes of address space they take.</param>
/// <param name="ResidentBytes">How many bytes of them are in memory.</param>
/// <param name="ModifiedBytes">How many bytes of them it has written to, which therefore are no longer its file's.</param>
/// <param name="AddedThreads">
/// How many more threads the process had when it had started than before its library was mapped, without the host's own.
/// The system does not say who began a thread: others that began or ended in this time are in it too. Known on Linux, where
/// the plugin can be reloaded.
/// </param>
public sealed record PluginGenerationUsage(
    int Generation, PluginRetiredImage? Retired, int? Mappings, long? MappedBytes, long? ResidentBytes, long? ModifiedBytes, int? AddedThreads);
