using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace NativePlugins.Host;

/// <summary>
/// The line from a name to a running plugin: name → path → bytes → verified binary → image → entry → instance.
/// </summary>
internal sealed class PluginLoader(
    PluginHostOptions options, PluginLocator locator, StagingArea? staging, ILogger logger)
{
    private readonly DependencyCheck _dependencies = new(HostSystem.Current, new DependencyPolicy(
        HostSystem.Current,
        options.AllowUntrustedDirectories ? null : new PluginTrust(HostSystem.Current, HostDirectory.Find(HostSystem.Current)),
        options.AllowExecutableStack));

    private readonly InstanceLoader _instances = new(options, logger);

    public Plugin Load(string nameOrPath, Action<Plugin> forget, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LoaderLock.RequireFree(nameOrPath, LoaderWork.Constructors);
        var timings = new PluginTimings();
        long start = Stopwatch.GetTimestamp();
        ResolvedPlugin file = locator.Locate(nameOrPath);
        timings.Resolve = PluginTimings.Lap(ref start);

        VerifiedPlugin installed = Verify(file);
        bool isNativeAot = InstanceLoader.IsNativeAot(installed);
        bool isDispatched = isNativeAot && InstallDispatcher(file);
        VerifiedPlugin verified = Stage(installed);
        timings.Verify = PluginTimings.Lap(ref start);
        if (cancellationToken.IsCancellationRequested)
        {
            InstanceLoader.Discard(verified);
            cancellationToken.ThrowIfCancellationRequested();
        }

        SignalDispositions before = SignalDispositions.Read(isRuntimeStarting: isNativeAot && !isDispatched);
        Plugin plugin = new(MapAndCreate(verified, timings), this, options, logger, forget);
        start = Stopwatch.GetTimestamp();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (options.StartOnLoad)
            {
                plugin.Start();
            }

            timings.Start += PluginTimings.Lap(ref start);
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

        plugin.Watch();
        Log.Loaded(logger, plugin.Description.Id, plugin.Description.Version, file.Path);
        if (verified.Binary.UniqueSymbols is { Count: > 0 } unique)
        {
            Log.SharesSymbols(logger, plugin.Description.Id, unique.Count, UntrustedText.Escape(unique[0].Name));
        }

        return plugin;
    }

    /// <summary>The library that a plugin's installed path leads to now.</summary>
    public ResolvedPlugin Locate(string installedPath) => locator.Locate(installedPath);

    /// <summary>Checks a file and reads its manifest; runs nothing of it.</summary>
    public VerifiedPlugin Verify(ResolvedPlugin file) => new(
        file,
        Preflight.Check(file.Path, options.AllowExecutableStack),
        options.CheckManifest ? PluginManifest.ReadFor(file.Path) : null,
        Staged: null);

    /// <summary>Makes a private copy, where the options ask for one, and checks that again; then what the plugin needs.</summary>
    public VerifiedPlugin Stage(VerifiedPlugin installed)
    {
        if (staging is null)
        {
            _dependencies.Require(installed.Binary, staged: null, work => InLoader(installed.File, work));
            return installed;
        }

        StagedPlugin staged = staging.Stage(installed.File, installed.Manifest);
        try
        {
            var copy = new VerifiedPlugin(
                installed.File,
                Preflight.Check(staged.LibraryPath, options.AllowExecutableStack),
                options.CheckManifest ? PluginManifest.ReadFor(staged.LibraryPath) : null,
                staged);
            if (copy.Manifest?.Files.SequenceEqual(installed.Manifest?.Files ?? []) == false)
            {
                throw StagingFailures.Changed(PluginManifest.PathFor(installed.File.Path), "it lists other files than before");
            }

            UnlistedLibraries.Refuse(installed, staged);
            _dependencies.Require(copy.Binary, staged, work => InLoader(installed.File, work));
            return copy;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="InstanceLoader.Load"/>
    public LoadedParts MapAndCreate(VerifiedPlugin plugin, PluginTimings timings) => _instances.Load(plugin, timings);

    private void InLoader(ResolvedPlugin file, Action work) => LoaderCall.Run(
        file.Path, LoaderWork.Question, work, options.LifecycleDeadline, () => Log.AnsweredLate(logger, file.Stem, "the system's loader"));

    /// <summary>Before the process's handlers are noted: it is no plugin that changes them then.</summary>
    private bool InstallDispatcher(ResolvedPlugin file)
    {
        if (!SignalDispatcher.IsInstalled && HostRuntime.ChainsSignalsOnAlternateStack && SignalDispatcher.Absence is null)
        {
            InLoader(file, static () => SignalDispatcher.Install());
        }

        return SignalDispatcher.IsInstalled;
    }
}
