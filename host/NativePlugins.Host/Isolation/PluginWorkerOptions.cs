namespace NativePlugins.Host;

/// <summary>What the worker processes of isolated plugins are started with. Nothing else is inherited.</summary>
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

    internal PluginWorkerOptions Validated()
    {
        if (FileModeMask is int mask)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(mask, nameof(FileModeMask));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(mask, 0x1FF, nameof(FileModeMask));
        }

        if (Path is "" || WorkingDirectory is "")
        {
            throw new ArgumentException($"{nameof(Path)} and {nameof(WorkingDirectory)} must be null or a path.");
        }

        return (PluginWorkerOptions)MemberwiseClone();
    }
}
