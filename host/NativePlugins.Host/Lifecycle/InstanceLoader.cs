using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NativePlugins.Abi;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Manifests;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Threads;

namespace NativePlugins.Host.Lifecycle;

/// <summary>The second half of the line to a running plugin: verified binary → image → entry → instance. Here code of the plugin runs.</summary>
internal sealed class InstanceLoader(InstanceOptions options, ILogger logger) : IInstanceLoader
{
    private const string TurnToStart = "the turn to start the runtime";

    private ResidentLimit Limit => options.MaxResidentImages is int count
        ? new(count, $"{nameof(InstanceOptions.MaxResidentImages)} says so")
        : ResidentLimit.Current;

    public bool IsInThisProcess => true;

    /// <summary>Removes the copy of a plugin that was staged but is not mapped.</summary>
    public static void Discard(VerifiedPlugin plugin)
    {
        if (!plugin.IsManaged)
        {
            PrivateLibraries.Release(plugin.Binary.Path, wasMapped: false);
        }

        plugin.Staged?.Dispose();
    }

    /// <summary>
    /// Maps the library, calls its entry and creates the instance, on one lifecycle thread and with the deadline for each step. A library
    /// that is mapped says only in its description whether it may be unloaded, and only an instance can release what its code holds. So a
    /// caller that no longer wants the plugin waits for the end of this method, and takes the plugin down from there.
    /// </summary>
    public LoadedParts Load(VerifiedPlugin plugin, PluginTimings timings)
    {
        ThreadTally threads = options.CountThreads ? ThreadTally.Take() : default;
        PluginImage? image = null;
        LoadedParts? parts = null;
        LoaderRefusal refusal = default;
        RuntimeStart? runtimeStart = null;
        LoaderVisit visit;
        string step = "map";
        bool isInTime;
        try
        {
            visit = LoaderLock.Enter(plugin.File.Path, LoaderWork.Constructors, options.Deadline);
            isInTime = LifecycleThread.TryRun(
                beginStep =>
                {
                    long start = Stopwatch.GetTimestamp();
                    LoaderCall.Run(visit, () => image = Map(plugin, out refusal));
                    if (image is null)
                    {
                        return;
                    }

                    plugin.Staged?.Mapped();
                    timings.Map = PluginTimings.Lap(ref start);

                    NativeDescription description;
                    beginStep();
                    Volatile.Write(ref step, TurnToStart);
                    using (RuntimeStart? starting = IsNativeAot(plugin) ? RuntimeStart.Begin(plugin.File.Stem, image.Entry) : null)
                    {
                        Volatile.Write(ref runtimeStart, starting);
                        beginStep();
                        Volatile.Write(ref step, "entry");
                        description = Describe(plugin, image);
                    }

                    beginStep();
                    Volatile.Write(ref step, "create");
                    parts = Create(plugin, image, description, timings, threads);
                    timings.Start = PluginTimings.Lap(ref start);
                },
                options.Deadline,
                () => Log.AnsweredLate(logger, plugin.File.Stem, Volatile.Read(ref step)),
                visit);
            if (isInTime && image is null)
            {
                throw LibraryImage.Explain(plugin.Binary, refusal);
            }
        }
        catch
        {
            TakeDown(plugin, image);
            throw;
        }

        if (isInTime)
        {
            return parts!;
        }

        plugin.Staged?.Mapped();
        Volatile.Read(ref runtimeStart)?.GiveUp();
        string last = Volatile.Read(ref step);
        throw last == "map"
            ? LoaderCall.GiveUp(visit, options.Deadline)
            : PluginFailures.DeadlinePassed(
                plugin.File.Path, plugin.File.Stem, last, options.Deadline,
                last == TurnToStart ? $"the runtime of the plugin {UntrustedText.Quote(RuntimeStart.Starting ?? "")} is still starting" : null);
    }

    /// <summary>Takes down a plugin of which no instance was made.</summary>
    private void TakeDown(VerifiedPlugin plugin, PluginImage? image)
    {
        if (image is null)
        {
            Discard(plugin);
            return;
        }

        try
        {
            ImageEnd.Close(image, plugin.File, options.Deadline, logger);
        }
        catch (PluginLoaderHeldException e)
        {
            Log.CloseFailed(logger, plugin.File.Stem, e);
        }
        finally
        {
            plugin.Staged?.Dispose();
        }
    }

    private PluginImage? Map(VerifiedPlugin plugin, out LoaderRefusal refusal)
    {
        if (plugin.IsManaged)
        {
            refusal = default;
            return ManagedImage.Load(plugin.Binary.Path, logger);
        }

        bool isNativeAot = IsNativeAot(plugin);
        if (isNativeAot)
        {
            AddressSpace.Require(plugin.Binary);
        }

        return LibraryImage.Map(
            plugin.Binary.Path, plugin.Binary, isNativeAot, Limit, () => UniqueSymbols.Claim(plugin, options.AllowSharedSymbols), out refusal);
    }

    /// <summary>Whether the plugin brings a NativeAOT runtime, as far as that can be told before it runs.</summary>
    public static bool IsNativeAot(VerifiedPlugin plugin) =>
        plugin.Binary.IsNativeAot || (plugin.Manifest?.Runtime == PluginRuntime.NativeAot && !plugin.IsManaged);

    private NativeDescription Describe(VerifiedPlugin plugin, PluginImage image)
    {
        string path = plugin.File.Path;
        image.Name(plugin.File.Stem);
        int status;
        nint native;
        using (LastWords.Enter(LastWords.NameOf(plugin.File.Stem), "entry"u8))
        {
            status = NativeDescription.CallEntry(image.Entry, out native);
        }

        if (status != np.NP_OK)
        {
            throw PluginFailures.EntryFailed(path, status);
        }

        NativeDescription description = NativeDescription.Check(native, path);
        image.Name(description.Managed.Id);
        if (description.Managed.Runtime == PluginRuntime.NativeAot && !plugin.IsManaged)
        {
            MappedImages.MarkNativeAot(image.Path);
        }

        if (plugin.IsManaged || (description.Managed is { MayUnload: true, Runtime: PluginRuntime.None } && !plugin.Binary.IsNativeAot
            && (plugin.Manifest is not { } manifest || manifest.Runtime == PluginRuntime.None || manifest.Unstated.HasFlag(UnstatedFields.Runtime))))
        {
            image.Unpin();
        }

        if (MappedImages.ResidentCount is int count && count >= (options.WarnResidentImages ?? Limit.Count * 3 / 4) && MappedImages.IsNativeAot(image.Path))
        {
            Log.ManyResidents(logger, count, Limit.Count);
        }

        if (plugin.Manifest is not null)
        {
            ManifestCheck.Require(plugin.Manifest, description.Managed, path);
        }

        return description;
    }

    private LoadedParts Create(VerifiedPlugin plugin, PluginImage image, NativeDescription native, PluginTimings timings, ThreadTally threads)
    {
        PluginDescription description = native.Managed;
        InstanceServices services = options.CreateServices(description, Path.GetDirectoryName(plugin.File.InstalledPath)!);
        HostTable table = HostTable.Rent(services.Host, options.ApplicationName, options.ApplicationVersion);
        NativeInstance instance;
        try
        {
            instance = CreateInstance(plugin.File, native, table);
        }
        catch (Exception e) when (e is not (PluginCreateFailedException or PluginConfigurationException))
        {
            // The two excepted exceptions say that nothing of the instance is left.
            image.Pin();
            throw;
        }

        return new LoadedParts
        {
            File = plugin.File,
            Staged = plugin.Staged,
            Description = description,
            Manifest = plugin.Manifest,
            IsManaged = plugin.IsManaged,
            Instance = new InProcessInstance(plugin.File, description.Id, image, instance, table),
            Callers = services.Callers,
            Objects = services.Objects,
            Timings = timings,
            ThreadsBefore = threads,
        };
    }

    private static NativeInstance CreateInstance(ResolvedPlugin file, NativeDescription description, HostTable table)
    {
        using LastWords.Call call = LastWords.Enter(LastWords.NameOf(description.Managed.Id), "create"u8);
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
}
