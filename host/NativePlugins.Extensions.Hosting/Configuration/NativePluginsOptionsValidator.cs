using Microsoft.Extensions.Options;
using NativePlugins.Host;

namespace NativePlugins.Extensions.Hosting;

/// <summary>Says everything that is wrong with the options at once, with the key of each as it stands in the configuration.</summary>
internal sealed class NativePluginsOptionsValidator : IValidateOptions<NativePluginsOptions>
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_leastProcessorTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_mostProcessorTime = TimeSpan.FromDays(365);
    private static readonly TimeSpan s_leastInterval = TimeSpan.FromMilliseconds(10);

    public ValidateOptionsResult Validate(string? name, NativePluginsOptions options)
    {
        string[] failures =
        [
            .. options.Directories.Select(Directory).OfType<string>(),
            .. options.Required.SelectMany(required => Requirement(required.Key, required.Value)),
            .. Deadline(nameof(options.LifecycleDeadline), options.LifecycleDeadline, TimeSpan.FromTicks(1)),
            .. Deadline(nameof(options.DrainDeadline), options.DrainDeadline, TimeSpan.Zero),
            .. Number(nameof(options.MaxResidentImages), options.MaxResidentImages, 1, PluginHost.ResidentImageLimit),
            .. Number(nameof(options.WarnResidentImages), options.WarnResidentImages, 1, long.MaxValue),
            .. Number($"DataLimits:{nameof(options.DataLimits.Depth)}", options.DataLimits.Depth, 1, 1000),
            .. Number($"DataLimits:{nameof(options.DataLimits.Bytes)}", options.DataLimits.Bytes, 1024, long.MaxValue),
            .. Isolation(options.Isolation),
            .. Worker(options.Worker),
            .. options.Reload is { } reload ? Reload(reload) : [],
        ];
        return failures.Length > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static string? Directory(string directory, int index) =>
        string.IsNullOrWhiteSpace(directory) ? Failure($"Directories:{index}", "a directory", "nothing") : null;

    private static IEnumerable<string> Requirement(string id, string versions)
    {
        if (!PluginVersionRange.TryParse(versions, out _))
        {
            yield return Failure($"Required:{id}", PluginVersionRange.Form, $"'{versions}'");
        }
    }

    private static IEnumerable<string> Deadline(string key, TimeSpan value, TimeSpan least)
    {
        if (value != Timeout.InfiniteTimeSpan && (value < least || value > s_longest))
        {
            yield return Failure(key, $"{(least > TimeSpan.Zero ? "more than 0" : "0")} to 1.00:00:00, or -00:00:00.001 for no deadline", $"{value}");
        }
    }

    private static IEnumerable<string> Isolation(string name)
    {
        if (!PluginIsolation.TryParse(name, out _))
        {
            yield return Failure(nameof(NativePluginsOptions.Isolation), $"{PluginIsolation.InProcess} or {PluginIsolation.Process}", $"'{name}'");
        }
    }

    private static IEnumerable<string> Worker(PluginWorkerOptions options)
    {
        foreach ((string key, string? path) in new[] { (nameof(options.Path), options.Path), (nameof(options.WorkingDirectory), options.WorkingDirectory) })
        {
            if (path is not null && string.IsNullOrWhiteSpace(path))
            {
                yield return Failure($"Worker:{key}", "a path", "nothing");
            }
        }

        IEnumerable<string> limits = options.Limits is null ? [] : Limits(options.Limits);
        foreach (string failure in Number($"Worker:{nameof(options.FileModeMask)}", options.FileModeMask, 0, 0x1FF).Concat(limits))
        {
            yield return failure;
        }
    }

    private static IEnumerable<string> Limits(PluginLimits limits)
    {
        const string Key = "Worker:Limits";
        IEnumerable<string> numbers = Number($"{Key}:{nameof(limits.Memory)}", limits.Memory, 64 << 20, long.MaxValue)
            .Concat(Number($"{Key}:{nameof(limits.OpenFiles)}", limits.OpenFiles, 32, long.MaxValue))
            .Concat(Number($"{Key}:{nameof(limits.FileSize)}", limits.FileSize, 0, long.MaxValue))
            .Concat(Number($"{Key}:{nameof(limits.UserProcesses)}", limits.UserProcesses, 1, long.MaxValue));
        return limits.ProcessorTime is TimeSpan time && (time < s_leastProcessorTime || time > s_mostProcessorTime)
            ? numbers.Append(Failure($"{Key}:{nameof(limits.ProcessorTime)}", "00:00:01 to 365.00:00:00", $"{time}"))
            : numbers;
    }

    private static IEnumerable<string> Reload(PluginReloadOptions options) =>
        Deadline($"Reload:{nameof(options.CallPatience)}", options.CallPatience, TimeSpan.Zero)
            .Concat(Number($"Reload:{nameof(options.MaxStateSize)}", options.MaxStateSize, 0, 1 << 30))
            .Concat(Interval($"Reload:{nameof(options.QuietPeriod)}", options.QuietPeriod))
            .Concat(Interval($"Reload:{nameof(options.PollInterval)}", options.PollInterval));

    private static IEnumerable<string> Interval(string key, TimeSpan value)
    {
        if (value < s_leastInterval || value > s_longest)
        {
            yield return Failure(key, "00:00:00.010 to 1.00:00:00", $"{value}");
        }
    }

    private static IEnumerable<string> Number(string key, long? value, long least, long most)
    {
        if (value < least || value > most)
        {
            yield return Failure(key, most == long.MaxValue ? $"{least} or more" : $"{least} to {most}", $"{value}");
        }
    }

    private static string Failure(string key, string expected, string found) =>
        $"{NativePluginsOptions.SectionName}:{key}: expected {expected}, found {found}.";
}
