using Microsoft.Extensions.Logging;
using NativePlugins.Abi;
using NativePlugins.Host.Forwarding;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Manifests;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Services;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Transport;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Isolation;

/// <summary>Loads plugins into worker processes, one each.</summary>
internal sealed class IsolatedLoader(
    PluginWorkerOptions workers, WorkerSettings settings, VerificationOptions verification, InstanceOptions options, ILogger logger) : IInstanceLoader
{
    // Map, the turn to start a runtime, entry and create have the deadline each, in the worker. This is for a worker that does not keep it.
    private const int Steps = 4;
    private const int DebuggerPoll = 50; // milliseconds
    private static readonly TimeSpan s_allowance = TimeSpan.FromSeconds(5);

    public bool IsInThisProcess => false;

    public LoadedParts Load(VerifiedPlugin plugin, PluginTimings timings)
    {
        try
        {
            LoadedParts parts = StartAndLoad(plugin, timings);
            plugin.Staged?.Mapped();
            return parts;
        }
        catch
        {
            plugin.Staged?.Dispose();
            throw;
        }
    }

    /// <summary>Starts a worker, and ends it when it has answered.</summary>
    /// <exception cref="PluginException">It was not started, or is no worker of this version.</exception>
    public void TryOut() => Start("none", AppContext.BaseDirectory, [], null).Worker.EndAndWait("it was to answer, and no more");

    private (Worker Worker, HostRequests Requests) Start(string name, string installedDirectory, IReadOnlyList<string> folders, string? data)
    {
        if (WorkerSystem.Current.Absence is string reason)
        {
            throw WorkerFailures.Unavailable(name, reason);
        }

        var requests = new HostRequests(installedDirectory, options.CreateServices, logger);
        return (Worker.Start(StartFor(name, folders, data), workers, requests, name, options.ApplicationName, options.Deadline, logger), requests);
    }

    private LoadedParts StartAndLoad(VerifiedPlugin plugin, PluginTimings timings)
    {
        string installed = Path.GetDirectoryName(plugin.File.InstalledPath)!;
        string[] copy = plugin.Staged is null ? [] : [Path.GetDirectoryName(plugin.Staged.LibraryPath)!];
        string name = plugin.Manifest?.Id ?? plugin.File.Stem;
        (Worker worker, HostRequests requests) = Start(name, installed, [plugin.File.Directory, installed, .. copy], DataFor(name));
        try
        {
            WaitForDebugger(worker);
            Load(worker, plugin, timings);
            (PluginDescription description, InstanceServices services) = requests.Plugin;
            worker.Status.SetPlugin(description.Id, description.Version);
            worker.Status.SetState(PluginWorkerState.Created);
            return new LoadedParts
            {
                File = plugin.File,
                Staged = plugin.Staged,
                Description = description,
                Manifest = plugin.Manifest,
                Instance = new IsolatedInstance(worker, requests, description),
                Callers = services.Callers,
                Objects = services.Objects,
                Timings = timings,
                ThreadsBefore = default,
            };
        }
        catch
        {
            // There is no instance in it, or none that answers.
            worker.EndAndWait("its plugin was not loaded");
            throw;
        }
    }

    /// <summary>Before any code of the plugin runs.</summary>
    private void WaitForDebugger(Worker worker)
    {
        if (!workers.WaitForDebugger)
        {
            return;
        }

        IsolationLog.WaitingForDebugger(logger, worker.PluginName, worker.ProcessId);
        while (worker.Failure is null && !WorkerSystem.Current.HasDebugger(worker.ProcessId))
        {
            Thread.Sleep(DebuggerPoll);
        }
    }

    private WorkerStart StartFor(string name, IReadOnlyList<string> folders, string? data) => new()
    {
        Path = WorkerExecutable.Find(workers.Path),
        Arguments = [name],
        SharedMemorySize = Lane.MemorySize,
        AllowCoreDump = workers.AllowCoreDump,
        Limits = settings.LimitsOf(name) is PluginLimits limits ? LimitsFor(name, limits) : null,
        Sandbox = settings.SandboxOf(name) is PluginSandbox sandbox ? SandboxFor(name, sandbox, folders, data) : null,
        Environment = workers.Environment ?? ProcessEnvironmentNow(),
        WorkingDirectory = workers.WorkingDirectory is string directory ? Path.GetFullPath(directory, AppContext.BaseDirectory) : null,
    };

    /// <summary>The directory for the plugin's data, where its sandbox lets it write there. It must be there before the worker is.</summary>
    private string? DataFor(string name)
    {
        if (settings.SandboxOf(name) is not { AllowData: true } || !PluginId.IsValid(name))
        {
            return null;
        }

        try
        {
            return options.MakeDataDirectory?.Invoke(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is no place for data. The plugin is told so when it asks for one.
            return null;
        }
    }

    /// <exception cref="PluginException">The system would not hold it to them.</exception>
    private static WorkerLimits LimitsFor(string name, PluginLimits limits)
    {
        long? seconds = limits.ProcessorTime is TimeSpan time ? (long)Math.Ceiling(time.TotalSeconds) : null;
        var forWorker = new WorkerLimits(limits.Memory, seconds, limits.OpenFiles, limits.FileSize, limits.UserProcesses);
        return WorkerSystem.Current.FindLimitsAbsence(forWorker) is string absent ? throw WorkerFailures.NoLimits(name, absent) : forWorker;
    }

    /// <exception cref="PluginException">The system cannot limit all of it, or a path is not there.</exception>
    private WorkerSandbox SandboxFor(string name, PluginSandbox sandbox, IReadOnlyList<string> folders, string? data)
    {
        var forWorker = new WorkerSandbox
        {
            ReadPaths = [.. folders, .. sandbox.ReadPaths],
            WritePaths = data is null ? [.. sandbox.WritePaths] : [data, .. sandbox.WritePaths],
            AllowTcp = sandbox.AllowTcp,
            AllowNetwork = sandbox.AllowNetwork,
            AllowProcesses = sandbox.AllowProcesses,
        };
        if (WorkerSystem.Current.FindSandboxAbsence(forWorker) is string absent)
        {
            if (sandbox.Required)
            {
                throw WorkerFailures.NoSandbox(name, absent);
            }

            IsolationLog.SandboxNotWhole(logger, name, absent);
        }

        return sandbox.ReadPaths.Concat(sandbox.WritePaths).FirstOrDefault(path => !Path.Exists(path)) is string missing
            ? throw WorkerFailures.SandboxPathMissing(name, missing)
            : forWorker;
    }

    private void Load(Worker worker, VerifiedPlugin plugin, PluginTimings timings)
    {
        var request = new LoadRequest
        {
            File = plugin.File,
            Staged = plugin.Staged?.Files ?? [],
            Verification = verification,
            AllowSharedSymbols = options.AllowSharedSymbols,
            Deadline = options.Deadline,
            ApplicationName = options.ApplicationName,
            ApplicationVersion = options.ApplicationVersion,
        };
        PluginException? refusal = null;
        CallResult loaded;
        using (new Timer(_ => worker.End("it did not load its plugin in time"), null, Limit(), Timeout.InfiniteTimeSpan))
        {
            loaded = worker.Call("load", Operation.Load, request.Write(), (ref PayloadReader reader) =>
            {
                if (reader.Flag())
                {
                    timings.Map = TimeSpan.FromTicks(reader.Int64());
                    timings.Start = TimeSpan.FromTicks(reader.Int64());
                }
                else
                {
                    refusal = RemoteFailures.Read(ref reader);
                }
            });
        }

        if (refusal is not null)
        {
            throw refusal;
        }

        if (loaded.Failure is not null || loaded.Status != np.NP_OK)
        {
            throw loaded.Failure ?? PluginFailures.FromCreate(plugin.File.Path, Unknown(plugin), loaded.Status, loaded.Error);
        }
    }

    private TimeSpan Limit() => options.Deadline == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : (Steps * options.Deadline) + s_allowance;

    private static PluginDescription Unknown(VerifiedPlugin plugin) =>
        new(plugin.Manifest?.Id ?? plugin.File.Stem, "", "", new Version(1, 0), "", PluginRuntime.Other, "", false);

    private static Dictionary<string, string> ProcessEnvironmentNow()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }
}
