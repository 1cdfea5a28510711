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

        BinaryImage binary = Preflight.Check(file.Path, options.AllowExecutableStack);
        PluginManifest? manifest = options.CheckManifest ? PluginManifest.ReadFor(file.Path) : null;
        timings.Verify = Lap(ref start);
        cancellationToken.ThrowIfCancellationRequested();

        SignalDispositions before = SignalDispositions.Read();
        Plugin plugin = new(MapAndCreate(file, binary, manifest, timings, cancellationToken), options, logger, forget);
        start = Stopwatch.GetTimestamp();
        try
        {
            if (options.StartOnLoad)
            {
                plugin.Start();
            }

            timings.Start += Lap(ref start);
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

    /// <summary>Map, entry and create: one visit to a lifecycle thread, with the deadline for each.</summary>
    private LoadedParts MapAndCreate(
        ResolvedPlugin file, BinaryImage binary, PluginManifest? manifest, PluginTimings timings, CancellationToken cancellationToken)
    {
        LoadedParts? parts = null;
        string step = "map";
        bool isInTime = LifecycleThread.TryRun(
            beginStep =>
            {
                long start = Stopwatch.GetTimestamp();
                LibraryImage image = Map(file, binary, manifest);
                timings.Map = Lap(ref start);
                cancellationToken.ThrowIfCancellationRequested();

                beginStep();
                Volatile.Write(ref step, "entry");
                NativeDescription description = Describe(file, image, manifest);
                cancellationToken.ThrowIfCancellationRequested();

                beginStep();
                Volatile.Write(ref step, "create");
                parts = Create(file, binary, manifest, image, description, timings);
                timings.Start = Lap(ref start);
            },
            options.LifecycleDeadline,
            () => Log.AnsweredLate(logger, file.Stem, Volatile.Read(ref step)));
        if (isInTime)
        {
            return parts!;
        }

        throw PluginFailures.DeadlinePassed(file.Path, file.Stem, Volatile.Read(ref step), options.LifecycleDeadline);
    }

    private LibraryImage Map(ResolvedPlugin file, BinaryImage binary, PluginManifest? manifest) => LibraryImage.Map(
        file.Path,
        binary,
        binary.IsNativeAot || manifest?.Runtime == PluginRuntime.NativeAot,
        options.MaxResidentImages ?? HostRuntime.ResidentLimit);

    private static NativeDescription Describe(ResolvedPlugin file, LibraryImage image, PluginManifest? manifest)
    {
        int status = NativeDescription.CallEntry(image.Entry, out nint native);
        if (status != np.NP_OK)
        {
            throw PluginFailures.EntryFailed(file.Path, status);
        }

        NativeDescription description = NativeDescription.Check(native, file.Path);
        if (description.Managed.Runtime == PluginRuntime.NativeAot)
        {
            MappedImages.MarkNativeAot(file.Path);
        }

        if (manifest is not null)
        {
            ManifestCheck.Require(manifest, description.Managed, file.Path);
        }

        return description;
    }

    private LoadedParts Create(
        ResolvedPlugin file, BinaryImage binary, PluginManifest? manifest, LibraryImage image, NativeDescription native, PluginTimings timings)
    {
        PluginDescription description = native.Managed;
        var services = new HostServices(description, options, Path.GetDirectoryName(file.InstalledPath)!);
        HostTable table = HostTable.Rent(services, options.ApplicationName, options.ApplicationVersion);
        NativeInstance instance = CreateInstance(file, native, table);

        bool mayUnload = description is { MayUnload: true, Runtime: PluginRuntime.None }
            && !binary.IsNativeAot && manifest?.Runtime is null or PluginRuntime.None;
        if (mayUnload)
        {
            image.Unpin();
        }

        return new LoadedParts
        {
            Image = image,
            Description = description,
            Manifest = manifest,
            Instance = instance,
            Table = table,
            Services = services,
            Timings = timings,
        };
    }

    private static NativeInstance CreateInstance(ResolvedPlugin file, NativeDescription description, HostTable table)
    {
        CallFrame frame = CallFrame.Rent();
        int status = NativeInstance.Create(description, table, frame, out NativeInstance? instance, out string? violation);
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

    private static TimeSpan Lap(ref long start)
    {
        long now = Stopwatch.GetTimestamp();
        TimeSpan lap = Stopwatch.GetElapsedTime(start, now);
        start = now;
        return lap;
    }
}
