namespace NativePlugins.Host;

/// <content>Plugins in processes of their own.</content>
public static partial class PluginErrors
{
    /// <summary>NP6002: the plugin's settings of isolation cannot be followed. Thrown as <see cref="PluginIsolationSettingException"/>.</summary>
    public static PluginError IsolationSetting { get; } = new("NP6002", 78,
        "The plugin's settings of isolation cannot be followed",
        "Plugins:<id>:Isolation, or a key below Plugins:<id>:Worker, in the configuration has a value that is not known. Or they want the plugin isolated or limited, and it was loaded otherwise: in this process, or before its id was known, as it has no manifest and its file has another name.",
        "Write what 'expected' names. Give the plugin a manifest (`host manifest`), or ask for isolation where it is loaded.");

    /// <summary>NP5101: the worker's executable was not found. Thrown as <see cref="PluginWorkerMissingException"/>.</summary>
    public static PluginError WorkerMissing { get; } = new("NP5101", 69,
        "The worker's executable was not found",
        "An isolated plugin runs in the program native-plugins-worker, which comes with the package and stands beside `host`. It was not found with the application.",
        "Ship it beside the application, or set PluginWorkerOptions.Path.");

    /// <summary>NP5102: this system has no isolation. Thrown as <see cref="PluginIsolationUnavailableException"/>.</summary>
    public static PluginError IsolationUnavailable { get; } = new("NP5102", 69,
        "This system has no isolation",
        "The plugin was to run in a process of its own, and that cannot be done here. It was not loaded: a plugin that is to be isolated never runs in the application's process instead.",
        "Run on a system that 'expected' names, or load the plugin in this process.");

    /// <summary>NP5103: it is not the worker of this version. Thrown as <see cref="PluginWorkerMismatchException"/>.</summary>
    public static PluginError WorkerMismatch { get; } = new("NP5103", 76,
        "It is not the worker of this version",
        "The program that was started as the worker does not answer as this version of the library expects: it is of another version, or another program.",
        "Ship the worker that comes with the library's package.");

    /// <summary>NP5104: the plugin's process has ended. Thrown as <see cref="PluginCrashedException"/>.</summary>
    public static PluginError Crashed { get; } = new("NP5104", 70,
        "The plugin's process has ended",
        "The worker process of an isolated plugin has ended without being asked to: by a crash, by exit, by a signal from outside. Or the host has ended it, because it broke the rules of its channel or a call into it was given up. Or it has used what its limits (PluginLimits) allow. The application and its other plugins go on.",
        "See 'found' and the plugin's standard error for the cause. Reload the plugin, or dispose of it and load it again.");

    /// <summary>NP5105: it works only for plugins in this process. Thrown as <see cref="PluginInProcessOnlyException"/>.</summary>
    public static PluginError InProcessOnly { get; } = new("NP5105", 78,
        "It works only for plugins in this process",
        "What was asked for does not reach a plugin in another process: a raw table (PluginService) never does, and of a contract the member that is named does not, or does not yet. docs/isolation.md has the list.",
        "Load the plugin in this process: PluginIsolation.InProcess.");

    /// <summary>NP5106: the worker was not started. Thrown as <see cref="PluginWorkerStartException"/>.</summary>
    public static PluginError WorkerStart { get; } = new("NP5106", 74,
        "The worker was not started",
        "The system did not start the worker's process, or the process ended before it answered.",
        "See the system's words under 'found'.");

    /// <summary>NP5107: the plugin's sandbox cannot be had. Thrown as <see cref="PluginSandboxException"/>.</summary>
    public static PluginError Sandbox { get; } = new("NP5107", 69,
        "The plugin's sandbox cannot be had",
        "The plugin was to run in a sandbox (PluginWorkerOptions.Sandbox), and the system cannot limit all that the sandbox is to limit, or a path that it names is not there. The plugin was not loaded.",
        "See 'found'. Run on a system that 'expected' names, or set PluginSandbox.Required to false to go without what the system lacks.");

    /// <summary>NP5108: the plugin's limits cannot be had. Thrown as <see cref="PluginLimitsException"/>.</summary>
    public static PluginError Limits { get; } = new("NP5108", 69,
        "The plugin's limits cannot be had",
        "The plugin was to be held to limits (PluginWorkerOptions.Limits, or Plugins:<id>:Worker:Limits), and the system would not hold it to one of them. The plugin was not loaded.",
        "See 'found'. Leave out that limit, or run as a user, or on a system, that is held to it.");

    private static PluginError[] OfIsolation => [IsolationSetting, WorkerMissing, IsolationUnavailable, WorkerMismatch, Crashed, InProcessOnly, WorkerStart, Sandbox, Limits];
}
