namespace NativePlugins.Host;

/// <summary>
/// What one generation of a plugin takes of the process, as far as the system can tell; null where it cannot. See
/// <see cref="Plugin.MeasureGenerations"/>.
/// </summary>
/// <remarks>
/// The mappings are known on Linux only, from <c>/proc/self/smaps</c> (proc_pid_smaps(5)): those of the library and of the private
/// libraries that were staged with it. They do not include what their code has allocated: a heap belongs to the process, or to a runtime,
/// and the system does not tell whose each page is.
/// </remarks>
/// <param name="Generation">Its number, from 1. If a generation was refused and stays mapped, the next one has the same number.</param>
/// <param name="Retired">What became of its library when it was retired or refused; null while it serves.</param>
/// <param name="Mappings">The number of mappings of its files.</param>
/// <param name="MappedBytes">The address space that they take, in bytes.</param>
/// <param name="ResidentBytes">How many of these bytes are in memory.</param>
/// <param name="ModifiedBytes">How many of these bytes it has written to, so that they differ from its file.</param>
/// <param name="AddedThreads">
/// How many more threads the process had when the generation had started than before its library was mapped, without the host's own. The
/// system does not tell who started a thread, so others that started or ended in this time count too. Known on Linux, if the plugin can be
/// reloaded.
/// </param>
public sealed record PluginGenerationUsage(
    int Generation, PluginRetiredImage? Retired, int? Mappings, long? MappedBytes, long? ResidentBytes, long? ModifiedBytes, int? AddedThreads);
