using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NativePlugins.Abi;

namespace NativePlugins.Host;

/// <summary>
/// The line from a name to a running plugin: name → path → bytes → verified binary → image → entry → instance.
/// </summary>
internal sealed class PluginLoader(PluginHostOptions options, PluginLocator locator, ILogger logger)
{
    public Plugin Load(string nameOrPath, Action<Plugin> forget, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var timings = new PluginTimings();
        long start = Stopwatch.GetTimestamp();
        ResolvedPlugin file = locator.Locate(nameOrPath);
        timings.Resolve = Lap(ref start);

        BinaryImage binary = Preflight.Check(file.Path);
        PluginManifest? manifest = options.CheckManifest ? PluginManifest.ReadFor(file.Path) : null;
        timings.Verify = Lap(ref start);
        cancellationToken.ThrowIfCancellationRequested();

        bool isNativeAot = binary.IsNativeAot || manifest?.Runtime == PluginRuntime.NativeAot;
        LibraryImage image = InTime(file, "map", () =>
            LibraryImage.Map(file.Path, binary, isNativeAot, options.MaxResidentImages ?? HostRuntime.ResidentLimit));
        timings.Map = Lap(ref start);
        cancellationToken.ThrowIfCancellationRequested();

        SignalDispositions before = SignalDispositions.Read();
        Plugin plugin = Create(file, binary, manifest, image, timings, forget);
        try
        {
            if (options.StartOnLoad)
            {
                plugin.Start();
            }

            timings.Start = Lap(ref start);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch
        {
            plugin.Dispose();
            throw;
        }

        if (before.FindChanges() is string changes)
        {
            Log.SignalsTaken(logger, plugin.Description.Id, changes);
        }

        Log.Loaded(logger, plugin.Description.Id, plugin.Description.Version, file.Path);
        return plugin;
    }

    private Plugin Create(
        ResolvedPlugin file, BinaryImage binary, PluginManifest? manifest, LibraryImage image, PluginTimings timings, Action<Plugin> forget)
    {
        NativeDescription native = Describe(file, image);
        PluginDescription description = native.Managed;
        if (description.Runtime == PluginRuntime.NativeAot)
        {
            MappedImages.MarkNativeAot(file.Path);
        }

        if (manifest is not null)
        {
            ManifestCheck.Require(manifest, description, file.Path);
        }

        var services = new HostServices(description, options, Path.GetDirectoryName(file.InstalledPath)!);
        HostTable table = HostTable.Rent(services, options.ApplicationName, options.ApplicationVersion);
        NativeInstance instance = CreateInstance(file, native, table);

        bool mayUnload = description is { MayUnload: true, Runtime: PluginRuntime.None }
            && !binary.IsNativeAot && manifest?.Runtime is null or PluginRuntime.None;
        if (mayUnload)
        {
            image.Unpin();
        }

        var parts = new LoadedParts
        {
            Image = image,
            Description = description,
            Manifest = manifest,
            Instance = instance,
            Table = table,
            Services = services,
            Timings = timings,
        };
        return new Plugin(parts, options, logger, forget);
    }

    private NativeDescription Describe(ResolvedPlugin file, LibraryImage image)
    {
        (int status, nint description) = InTime(file, "entry", () =>
        {
            int status = NativeDescription.CallEntry(image.Entry, out nint description);
            return (status, description);
        });
        return status == np.NP_OK
            ? NativeDescription.Check(description, file.Path)
            : throw PluginFailures.EntryFailed(file.Path, status);
    }

    private NativeInstance CreateInstance(ResolvedPlugin file, NativeDescription description, HostTable table)
    {
        CallFrame frame = CallFrame.Rent();
        (int status, NativeInstance? instance, string? violation) = InTime(file, "create", () =>
        {
            int status = NativeInstance.Create(description, table, frame, out NativeInstance? instance, out string? violation);
            return (status, instance, violation);
        });
        PluginRemoteError? error = frame.Return();
        if (instance is not null)
        {
            return instance;
        }

        table.Return();
        throw violation is not null
            ? PluginFailures.InstanceMalformed(file.Path, violation)
            : PluginFailures.FromCreate(file.Path, description.Managed, status, error);
    }

    private T InTime<T>(ResolvedPlugin file, string step, Func<T> call)
    {
        T result = default!;
        if (LifecycleThread.TryRun(
            () => result = call(), options.LifecycleDeadline, () => Log.AnsweredLate(logger, file.Stem, step)))
        {
            return result;
        }

        Log.Quarantined(logger, file.Stem, step);
        throw PluginFailures.DeadlinePassed(file.Path, file.Stem, step, options.LifecycleDeadline);
    }

    private static TimeSpan Lap(ref long start)
    {
        long now = Stopwatch.GetTimestamp();
        TimeSpan lap = Stopwatch.GetElapsedTime(start, now);
        start = now;
        return lap;
    }
}
