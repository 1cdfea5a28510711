using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
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
    VerificationOptions verification, InstanceOptions options, PluginLocator locator, StagingArea? staging, ILogger logger)
{
    private readonly DependencyCheck _dependencies = new(FileSystem.Current, new DependencyPolicy(
        FileSystem.Current,
        verification.AllowUntrustedDirectories ? null : new FileTrust(FileSystem.Current, ApplicationDirectory.Find(FileSystem.Current)),
        verification.AllowExecutableStack));

    private readonly InstanceLoader _instances = new(options, logger);

    /// <summary>Finds, checks, maps and creates a plugin.</summary>
    /// <param name="nameOrPath">The name or path as the application gave it.</param>
    /// <param name="cancellationToken">Has an effect until the library is mapped.</param>
    /// <exception cref="PluginException">The plugin was refused.</exception>
    public CreatedPlugin Load(string nameOrPath, CancellationToken cancellationToken)
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
        return new CreatedPlugin(MapAndCreate(verified, timings), before, verified.Binary.UniqueSymbols);
    }

    /// <summary>The library that a plugin's installed path leads to now.</summary>
    public ResolvedPlugin Locate(string installedPath) => locator.Locate(installedPath);

    /// <summary>Checks a file and reads its manifest. Runs no code of the plugin.</summary>
    public VerifiedPlugin Verify(ResolvedPlugin file) => new(
        file,
        PluginPreflight.Check(file.Path, verification.AllowExecutableStack),
        verification.CheckManifest ? PluginManifest.ReadFor(file.Path) : null,
        Staged: null);

    /// <summary>Makes a private copy if the options ask for one, and checks the copy. Then checks what the plugin needs.</summary>
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
                PluginPreflight.Check(staged.LibraryPath, verification.AllowExecutableStack),
                verification.CheckManifest ? PluginManifest.ReadFor(staged.LibraryPath) : null,
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
        file.Path, LoaderWork.Question, work, options.Deadline, () => Log.AnsweredLate(logger, file.Stem, "the system's loader"));

    /// <summary>Called before the process's signal handlers are noted, so that the change is not taken for a plugin's.</summary>
    private bool InstallDispatcher(ResolvedPlugin file)
    {
        if (!SignalDispatcher.IsInstalled && HostRuntime.ChainsSignalsOnAlternateStack && SignalDispatcher.Absence is null)
        {
            InLoader(file, static () => SignalDispatcher.Install());
        }

        return SignalDispatcher.IsInstalled;
    }
}
