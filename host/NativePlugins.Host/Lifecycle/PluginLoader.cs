using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NativePlugins.Binary;
using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Threads;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Lifecycle;

/// <summary>
/// The line from a name to an instance: name → path → bytes → verified binary → image → entry → instance.
/// </summary>
internal sealed class PluginLoader(
    VerificationOptions verification, IInstanceLoader instances, TimeSpan deadline, PluginLocator locator, StagingArea? staging, ILogger logger)
{
    private readonly DependencyCheck _dependencies = new(FileSystem.Current, new DependencyPolicy(
        FileSystem.Current,
        verification.AllowUntrustedDirectories ? null : new FileTrust(FileSystem.Current, ApplicationDirectory.Find(FileSystem.Current)),
        verification.AllowExecutableStack));

    /// <summary>Finds a plugin and checks its files. Runs no code of the plugin.</summary>
    /// <param name="nameOrPath">The name or path as the application gave it.</param>
    /// <param name="timings">Gets the time that this takes.</param>
    /// <exception cref="PluginException">The plugin was refused.</exception>
    public VerifiedPlugin Find(string nameOrPath, PluginTimings timings)
    {
        long start = Stopwatch.GetTimestamp();
        ResolvedPlugin file = locator.Locate(nameOrPath);
        timings.Resolve = PluginTimings.Lap(ref start);
        VerifiedPlugin installed = Examine(file);
        timings.Verify = PluginTimings.Lap(ref start);
        return installed;
    }

    /// <summary>Checks a plugin's files. If it is known of which bytes they must consist, this is done on a private copy that has these bytes.</summary>
    /// <exception cref="PluginException">The plugin was refused.</exception>
    public VerifiedPlugin Examine(ResolvedPlugin file)
    {
        if (verification.Verifier?.Find(file.InstalledPath, file.Path) is not { } known)
        {
            return Verify(file);
        }

        StagedPlugin staged = staging!.Stage(file, known, verification.CheckManifest);
        try
        {
            return Verify(file, staged);
        }
        catch (Exception e)
        {
            staged.Dispose();
            if (e is PluginException refusal)
            {
                throw CopyFailures.OfInstalled(staged, file.Directory, refusal);
            }

            throw;
        }
    }

    /// <summary>Maps and creates a plugin.</summary>
    /// <param name="installed">What <see cref="Find"/> has found. If it has a private copy, this is removed when the plugin is refused.</param>
    /// <param name="timings">Gets the time that this takes.</param>
    /// <param name="cancellationToken">Has an effect until the library is mapped.</param>
    /// <exception cref="PluginException">The plugin was refused.</exception>
    public CreatedPlugin Create(VerifiedPlugin installed, PluginTimings timings, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        bool isNativeAot = instances.IsInThisProcess && InstanceLoader.IsNativeAot(installed);
        bool isDispatched;
        VerifiedPlugin verified;
        try
        {
            isDispatched = instances.IsInThisProcess && PrepareSignals(installed.File);
            verified = Stage(installed, CancellationToken.None);
        }
        catch
        {
            installed.Staged?.Dispose();
            throw;
        }

        timings.Verify += PluginTimings.Lap(ref start);
        if (cancellationToken.IsCancellationRequested)
        {
            InstanceLoader.Discard(verified);
            cancellationToken.ThrowIfCancellationRequested();
        }

        SignalDispositions before = SignalDispositions.Read(isRuntimeStarting: isNativeAot && !isDispatched);
        return new CreatedPlugin(MapAndCreate(verified, timings), before, instances.IsInThisProcess ? verified.Binary.UniqueSymbols : []);
    }

    /// <summary>The library that a plugin's installed path leads to now.</summary>
    public ResolvedPlugin Locate(string installedPath) => locator.Locate(installedPath);

    /// <summary>Checks a file and reads its manifest. Runs no code of the plugin.</summary>
    /// <param name="file">Where the plugin is installed.</param>
    /// <param name="staged">The private copy that is checked instead; null for the installed library.</param>
    public VerifiedPlugin Verify(ResolvedPlugin file, StagedPlugin? staged = null)
    {
        string library = staged?.LibraryPath ?? file.Path;
        BinaryImage binary = verification.AllowManaged
            ? PluginPreflight.CheckOrManaged(library, verification.AllowExecutableStack)
            : PluginPreflight.Check(library, verification.AllowExecutableStack);

        // A manifest is written when a plugin is published. One beside an assembly may be older than it.
        return new VerifiedPlugin(
            file, binary, verification.CheckManifest && binary.Kind != BinaryKind.ManagedAssembly ? PluginManifest.ReadFor(library) : null, staged);
    }

    /// <summary>Makes a private copy if the options ask for one and there is none yet, and checks the copy. Then checks what the plugin needs.</summary>
    /// <param name="installed">If it has a private copy, this is removed when the plugin is refused.</param>
    /// <param name="cancellationToken">Looked at before anything is done.</param>
    public VerifiedPlugin Stage(VerifiedPlugin installed, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Stage(installed);
        }
        catch
        {
            installed.Staged?.Dispose();
            throw;
        }
    }

    private VerifiedPlugin Stage(VerifiedPlugin installed)
    {
        if (staging is not { IsForAll: true } || installed.IsManaged || installed.Staged is not null)
        {
            // Assemblies are read, and not mapped: their files are free as soon as they are loaded.
            RequireDependencies(installed);
            return installed;
        }

        StagedPlugin staged = staging.Stage(installed.File, installed.Manifest);
        try
        {
            VerifiedPlugin copy = Verify(installed.File, staged);
            if (copy.Manifest?.Files.SequenceEqual(installed.Manifest?.Files ?? []) == false)
            {
                throw StagingFailures.Changed(PluginManifest.PathFor(installed.File.Path), "it lists other files than before");
            }

            UnlistedLibraries.Refuse(installed, staged);
            RequireDependencies(copy);
            return copy;
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    /// <summary>Checks what a plugin needs, as it is about to be mapped into this process. Another process checks for itself.</summary>
    public void RequireDependencies(VerifiedPlugin plugin)
    {
        if (instances.IsInThisProcess && !plugin.IsManaged)
        {
            try
            {
                _dependencies.Require(plugin.Binary, plugin.Staged, work => InLoader(plugin.File, work));
            }
            catch (PluginException e) when (CopyFailures.OfInstalled(plugin, e) is var renamed && renamed != e)
            {
                throw renamed;
            }
        }
    }

    /// <inheritdoc cref="IInstanceLoader.Load"/>
    public LoadedParts MapAndCreate(VerifiedPlugin plugin, PluginTimings timings)
    {
        try
        {
            return instances.Load(plugin, timings);
        }
        catch (PluginException e) when (CopyFailures.OfInstalled(plugin, e) is var renamed && renamed != e)
        {
            throw renamed;
        }
    }

    private void InLoader(ResolvedPlugin file, Action work) => LoaderCall.Run(
        file.Path, LoaderWork.Question, work, deadline, () => Log.AnsweredLate(logger, file.Stem, "the system's loader"));

    /// <summary>
    /// Called before the process's signal handlers are noted, so that the change is not taken for a plugin's. Returns whether the dispatcher is
    /// there.
    /// </summary>
    private bool PrepareSignals(ResolvedPlugin file)
    {
        bool isDispatcherMissing = !SignalDispatcher.IsInstalled && HostRuntime.ChainsSignalsOnAlternateStack && SignalDispatcher.Absence is null;
        if (isDispatcherMissing || !LastWords.IsDecided)
        {
            InLoader(file, static () =>
            {
                LastWords.Install();
                SignalDispatcher.Install();
            });
        }

        return SignalDispatcher.IsInstalled;
    }
}
