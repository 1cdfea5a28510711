using System.Diagnostics;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>
/// Runs a plugin's command on one thread, and again after each reload, which another thread does. A command that is still
/// running when the plugin is about to be replaced is asked to end.
/// </summary>
internal sealed class WatchSession(string[] arguments, PluginHostOptions options, IWatchReport report, WatchRestart restart) : IDisposable
{
    private readonly CancellationToken _end = restart.Token;
    private readonly PluginHost _host = new(options);
    private readonly PluginIsolation? _isolation = options.Worker.Sandbox is null ? null : PluginIsolation.Process;
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private bool _isCutShort;
    private bool _isLoaderHeld;
    private Plugin? _plugin;
    private PluginReload? _reload;

    public Plugin Plugin => _plugin ?? throw new InvalidOperationException("No plugin is loaded.");

    /// <summary>Which generation serves; 0 before the first one does.</summary>
    public int Generation => _plugin?.Generation ?? 0;

    /// <summary>The change of a source that the next reload comes from. Set by the thread that reloads.</summary>
    public SourceEdit? Edit { get; set; }

    /// <exception cref="PluginException">The plugin was refused.</exception>
    /// <exception cref="OperationCanceledException">It is time to end; or to start anew, as nothing can be loaded in this process.</exception>
    public void Load(string nameOrPath)
    {
        if (PluginHost.LoaderHeldBy is string library)
        {
            StartAnew(library, Path.GetDirectoryName(library)!);
            _end.ThrowIfCancellationRequested();
        }

        Plugin plugin = _host.Load(nameOrPath, _isolation, _end);
        plugin.Reloading += OnReloading;
        plugin.Reloaded += OnReloaded;
        plugin.ReloadFailed += OnReloadFailed;
        plugin.Retired += OnRetired;
        _plugin = plugin;
        report.Loaded(plugin);
    }

    /// <summary>Runs the command at once, and then after each reload.</summary>
    public void RunUntilCancelled()
    {
        do
        {
            Run();
        }
        while (WaitForNext());

        Plugin.Stop();
    }

    public void Dispose()
    {
        _host.Dispose();
        _wanted.Dispose();
    }

    private void Run()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_end);
        lock (_lock)
        {
            (_running, _isCutShort) = (cancellation, false);
        }

        int generation = Plugin.Generation;
        (Stream output, Stream errorOutput) = report.BeginRun(generation);
        long start = Stopwatch.GetTimestamp();
        try
        {
            int status = Plugin.RunCommand(arguments, output, errorOutput, cancellation.Token);
            report.Ran(Plugin.Description.Id, generation, status, Stopwatch.GetElapsedTime(start));
        }
        catch (OperationCanceledException)
        {
            report.RunCancelled();
        }
        catch (PluginException e)
        {
            report.RunFailed(generation, ErrorReport.From(e), Stopwatch.GetElapsedTime(start));
        }
        finally
        {
            lock (_lock)
            {
                _running = null;
            }
        }
    }

    /// <summary>False when it is time to end.</summary>
    private bool WaitForNext()
    {
        try
        {
            _wanted.Wait(_end);

            // However many reloads have come meanwhile, the command runs once: the newest generation serves.
            while (_wanted.Wait(0, CancellationToken.None))
            {
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void OnReloading(object? sender, PluginReloadingEventArgs args)
    {
        report.Reloading(args.Generation);
        lock (_lock)
        {
            if (_running is not null)
            {
                _isCutShort = true;
                _running.Cancel();
            }
        }
    }

    private void OnReloaded(object? sender, PluginReloadedEventArgs args)
    {
        _reload = args.Reload;
        report.Reloaded(args.Reload, Edit);
        _wanted.Release();
    }

    private void OnReloadFailed(object? sender, PluginReloadFailedEventArgs args)
    {
        if (_end.IsCancellationRequested || args.Error is OperationCanceledException)
        {
            return;
        }

        // The build that came to hold the loader has been reported like any other that is refused. The next one needs a fresh process.
        if (_isLoaderHeld && PluginHost.LoaderHeldBy is string library)
        {
            StartAnew(library, Path.GetDirectoryName(Plugin.LibraryPath)!);
            return;
        }

        _isLoaderHeld = PluginHost.LoaderHeldBy is not null;
        report.ReloadFailed(args.Generation, Generation, ErrorReport.FromAny(args.Error), args.Timings, Edit);
        lock (_lock)
        {
            if (_isCutShort)
            {
                _isCutShort = false;
                _wanted.Release();
            }
        }
    }

    private void OnRetired(object? sender, PluginRetiredEventArgs args)
    {
        _isLoaderHeld = PluginHost.LoaderHeldBy is not null;
        report.Retired(
            args.Retirement,
            _reload?.Timings[PluginReloadPhase.Retire] ?? TimeSpan.Zero,
            args.Retirement.Image == PluginRetiredImage.Unmapped
                ? null
                : Plugin.MeasureGenerations().LastOrDefault(usage => usage.Retired is not null && usage.Generation == args.Retirement.Generation));
    }

    private void StartAnew(string library, string directory)
    {
        report.StartingAnew(Generation, library);
        restart.Request(directory);
    }
}
