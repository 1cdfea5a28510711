namespace NativePlugins.Host;

/// <summary>How the worker processes of isolated plugins are started and kept. Nothing else is inherited.</summary>
/// <remarks>
/// A worker gets the null device as standard input, the application's standard output, and no descriptor but these and its own. All signals
/// are at their defaults and none is blocked. It has a process group of its own, so that Ctrl-C reaches the application alone, and it cannot
/// gain rights by executing a file (no_new_privs).
/// </remarks>
public sealed class PluginWorkerOptions
{
    /// <summary>
    /// The worker's executable, <c>native-plugins-worker</c>. A relative path is relative to <see cref="AppContext.BaseDirectory"/>. Default
    /// (null): it is looked for beside the application and where the package puts it.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>
    /// The worker's current directory. A relative one is relative to <see cref="AppContext.BaseDirectory"/>. Default (null): the application's,
    /// at the moment of the start.
    /// </summary>
    public string? WorkingDirectory { get; set; }

    /// <summary>The worker's whole environment. Default (null): the application's, at the moment of the start.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; set; }

    /// <summary>
    /// The mode bits that files do not get which a worker makes: 0 to 0x1FF (octal 777). Default (null): the application's (umask).
    /// </summary>
    public int? FileModeMask { get; set; }

    /// <summary>
    /// Whether what a worker writes to its standard error also goes to the application's. Its last 64 KiB are in
    /// <see cref="PluginCrashedException.StandardError"/> in any case. Default: true.
    /// </summary>
    public bool ForwardStandardError { get; set; } = true;

    /// <summary>
    /// What a plugin may reach. <c>Plugins:&lt;id&gt;:Worker:Sandbox</c> in the configuration says it of one plugin, and wins. Default (null): what the application
    /// may. On Linux only, as isolation is.
    /// </summary>
    public PluginSandbox? Sandbox { get; set; }

    /// <summary>
    /// How much memory, processor time, files and processes a plugin may use. <c>Plugins:&lt;id&gt;:Worker:Limits</c> in the configuration says it of one
    /// plugin, and wins. Default (null): as much as the application.
    /// </summary>
    public PluginLimits? Limits { get; set; }

    /// <summary>
    /// Whether the system may write a core dump when a worker crashes, if its settings say so. A dump has all that is in the worker's memory. Default: false.
    /// </summary>
    public bool AllowCoreDump { get; set; }

    /// <summary>
    /// Whether a worker, once it is started, is left waiting until a debugger is attached to it, before any code of the plugin runs. A warning says which process it is.
    /// The load takes until then, whatever the deadlines are. Default: false.
    /// </summary>
    public bool WaitForDebugger { get; set; }

    /// <summary>
    /// How long a command, or a call by a contract, may take before its process is ended, which is the only way to end it: 1 ms to one day. All
    /// calls in flight then throw <see cref="PluginCrashedException"/>. A callback that goes on counts too; of a call that returns a task only the
    /// part until it returns counts. Default (null): as long as it likes.
    /// </summary>
    public TimeSpan? CallDeadline { get; set; }

    /// <summary>
    /// How a plugin is started again when its process has ended without being asked to. Default (null): it is not, and can be reloaded if
    /// <see cref="PluginHostOptions.Reload"/> is set.
    /// </summary>
    public PluginRestartOptions? Restart { get; set; }

    internal PluginWorkerOptions Validated()
    {
        if (CallDeadline is TimeSpan deadline)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(deadline, TimeSpan.FromMilliseconds(1), nameof(CallDeadline));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(deadline, TimeSpan.FromDays(1), nameof(CallDeadline));
        }

        if (FileModeMask is int mask)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(mask, nameof(FileModeMask));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(mask, 0x1FF, nameof(FileModeMask));
        }

        if (Path is "" || WorkingDirectory is "")
        {
            throw new ArgumentException($"{nameof(Path)} and {nameof(WorkingDirectory)} must be null or a path.");
        }

        var copy = (PluginWorkerOptions)MemberwiseClone();
        copy.Sandbox = Sandbox?.Validated();
        copy.Limits = Limits?.Validated();
        copy.Restart = Restart?.Validated();
        return copy;
    }
}
