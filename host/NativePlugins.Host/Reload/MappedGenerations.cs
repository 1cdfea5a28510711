using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Staging;

namespace NativePlugins.Host.Reload;

/// <summary>The generations of one plugin that were retired or refused, but whose libraries are still mapped. Thread-safe.</summary>
internal sealed class MappedGenerations
{
    private readonly List<(PluginGeneration Generation, PluginRetiredImage Image)> _retired = [];

    /// <summary>Notes that a generation is out of use.</summary>
    public void Retired(PluginGeneration generation, PluginRetiredImage image)
    {
        if (image != PluginRetiredImage.Unmapped)
        {
            lock (_retired)
            {
                _retired.Add((generation, image));
            }
        }
    }

    /// <summary>What they take of the process, the oldest first. The one that serves comes last, unless it is null.</summary>
    public IReadOnlyList<PluginGenerationUsage> Measure(PluginGeneration? serving)
    {
        IReadOnlyDictionary<string, MappedUsage>? files = HostSystem.Current.ReadMappedFiles();
        (PluginGeneration Generation, PluginRetiredImage Image)[] retired;
        lock (_retired)
        {
            retired = [.. _retired];
        }

        return
        [
            .. retired.Select(item => Usage(item.Generation, item.Image, files)),
            .. serving is null ? [] : new[] { Usage(serving, null, files) },
        ];
    }

    private static PluginGenerationUsage Usage(
        PluginGeneration generation, PluginRetiredImage? retired, IReadOnlyDictionary<string, MappedUsage>? files)
    {
        LoadedParts parts = generation.Parts;
        MappedUsage? usage = files is null
            ? null
            : FilesOf(parts).Select(files.GetValueOrDefault).Aggregate(default(MappedUsage), (sum, next) => sum + next) is { Mappings: > 0 } found ? found : null;
        return new PluginGenerationUsage(
            generation.Number, retired, usage?.Mappings, usage?.Bytes, usage?.Resident, usage?.Modified, generation.AddedThreads);
    }

    // A private library that was not staged may belong to another plugin as well.
    private static IEnumerable<string> FilesOf(LoadedParts parts) =>
        parts.Staged is StagedPlugin staged ? staged.Files.Select(file => file.Path) : [parts.File.Path];
}
